using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Lifecycle.Storage.Emulator;

/// <summary>
/// The blob emulator Azurite as a child process that serves one data folder on loopback. It ends with this object, and at
/// the latest with this process, however that dies. What it acknowledged survives its own death.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    // The emulator's account and key are published by its makers and guard nothing.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly FileStream _folderLock;
    private readonly Task<string> _errors;
    private bool _disposed;

    private AzuriteProcess(Process process, FileStream folderLock) =>
        (_process, _folderLock, _errors) = (process, folderLock, process.StandardError.ReadToEndAsync());

    /// <summary>The port it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>The child's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes when the child ends, whoever ended it.</summary>
    public Task Exited => _process.WaitForExitAsync();

    /// <summary>How to reach it.</summary>
    public string ConnectionString => ConnectionStringFor(Port);

    /// <summary>How to reach an emulator on a loopback port.</summary>
    public static string ConnectionStringFor(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint=http://127.0.0.1:{port}/{Account};";

    /// <summary>Starts the emulator and returns when it listens.</summary>
    /// <param name="installation">The installation of the repository's infra/azurite.</param>
    /// <param name="dataFolder">Where the blobs are kept; made if missing; served by one process at a time.</param>
    /// <param name="port">Loopback port; 0 takes a free one.</param>
    /// <param name="cancellationToken">Gives up and leaves no child.</param>
    /// <exception cref="EmulatorException">Node is missing, the port is taken, or another process serves the folder.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        NpmInstallation installation, string dataFolder, int port = 0, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(dataFolder);
        FileStream folderLock = LockFolder(dataFolder);
        AzuriteProcess? emulator = null;
        try
        {
            emulator = new AzuriteProcess(Launch(installation, dataFolder, port), folderLock);
            emulator.Port = await emulator.ReadPortAsync(cancellationToken);
            _ = emulator._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return emulator;
        }
        catch
        {
            await (emulator?.DisposeAsync() ?? folderLock.DisposeAsync());
            throw;
        }
    }

    /// <summary>Stops the child: asks by closing its input, and kills it when it does not follow.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        await _folderLock.DisposeAsync();
    }

    private static Process Launch(NpmInstallation installation, string dataFolder, int port) => ChildProcess.Start(
        "node",
        [
            Path.Combine(installation.DefinitionFolder, "serve.mjs"),
            "--installation", Path.GetFullPath(installation.Folder),
            "--location", Path.GetFullPath(dataFolder),
            "--port", port.ToString(CultureInfo.InvariantCulture),
        ],
        dataFolder);

    private static FileStream LockFolder(string dataFolder)
    {
        try
        {
            return new FileStream(Path.Combine(dataFolder, "emulator.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new EmulatorException($"The blob emulator's folder {dataFolder} is served by another process already: use that one, or another folder.", taken);
        }
    }

    private async Task<int> ReadPortAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartTimeout);
        try
        {
            string? line = await _process.StandardOutput.ReadLineAsync(deadline.Token);
            return line is not null
                ? new Uri(JsonDocument.Parse(line).RootElement.GetProperty("address").GetString()!).Port
                : throw new EmulatorException($"The blob emulator did not start: {ChildProcess.LastWords(await _errors)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmulatorException($"The blob emulator did not listen within {StartTimeout.TotalMinutes:0} minutes.");
        }
    }
}
