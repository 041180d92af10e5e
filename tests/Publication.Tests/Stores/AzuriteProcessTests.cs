using System.Diagnostics;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Publishing.Tests.Stores;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Killed_RightAfterAnAcknowledgedWrite_HasItAfterRestartOnTheSamePort()
    {
        NpmInstallation installation = await EmulatorFixture.InstallAsync();
        int port;
        await using (AzuriteProcess first = await AzuriteProcess.StartAsync(installation, _folder.Path))
        {
            port = first.Port;
            await PutAsync(StoreAt(port), "acknowledged");
            Process.GetProcessById(first.ProcessId).Kill();
            await first.Exited;

            await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(StoreAt(port), "lost"));
        }

        await using AzuriteProcess second = await AzuriteProcess.StartAsync(installation, _folder.Path, port);

        Assert.Equal(port, second.Port);
        Assert.True(await StoreAt(port).ExistsAsync("acknowledged"));
        await PutAsync(StoreAt(port), "lost");
    }

    [Fact]
    public async Task Start_PortTaken_SaysSoAndLeavesNoLock()
    {
        NpmInstallation installation = await EmulatorFixture.InstallAsync();
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        EmulatorException failure = await Assert.ThrowsAsync<EmulatorException>(() => AzuriteProcess.StartAsync(installation, _folder.Path, port));

        Assert.Contains($"port {port} is taken", failure.Message, StringComparison.Ordinal);
        await using AzuriteProcess next = await AzuriteProcess.StartAsync(installation, _folder.Path);
    }

    [Fact]
    public async Task Start_FolderServedAlready_SaysSo()
    {
        NpmInstallation installation = await EmulatorFixture.InstallAsync();
        await using AzuriteProcess first = await AzuriteProcess.StartAsync(installation, _folder.Path);

        EmulatorException failure = await Assert.ThrowsAsync<EmulatorException>(() => AzuriteProcess.StartAsync(installation, _folder.Path));

        Assert.Contains("served by another process", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_Running_LeavesNoProcess()
    {
        AzuriteProcess emulator = await AzuriteProcess.StartAsync(await EmulatorFixture.InstallAsync(), _folder.Path);
        int child = emulator.ProcessId;

        await emulator.DisposeAsync();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
    }

    [Fact]
    public async Task ParentKilled_Running_TheChildEndsByItself()
    {
        NpmInstallation installation = await EmulatorFixture.InstallAsync();
        const string parentScript = """
            const child = require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
            child.stdout.once('data', () => console.log(child.pid));
            """;
        string[] serve = [Path.Combine(installation.DefinitionFolder, "serve.mjs"), "--installation", installation.Folder, "--location", _folder.Path];
        using Process parent = Process.Start(new ProcessStartInfo("node", ["-e", parentScript, "--", .. serve]) { RedirectStandardOutput = true })!;
        string? line = await parent.StandardOutput.ReadLineAsync();
        using Process child = Process.GetProcessById(int.Parse(line!));

        parent.Kill();

        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        await child.WaitForExitAsync(patience.Token);
    }

    [Fact]
    public async Task Ensure_NoLockFile_NamesIt()
    {
        EmulatorException failure = await Assert.ThrowsAsync<EmulatorException>(() => NpmInstallation.EnsureAsync(_folder.Path, _folder["cache"]));

        Assert.Contains(_folder["package-lock.json"], failure.Message, StringComparison.Ordinal);
    }

    private static AzureBlobStore StoreAt(int port) => AzureBlobStore.Open(new BlobStoreOptions
    {
        ConnectionString = AzuriteProcess.ConnectionStringFor(port),
        MaximumRetries = 1,
    });

    private static async Task PutAsync(AzureBlobStore store, string name)
    {
        using MemoryStream content = new([1]);
        await store.EnsureContainerAsync();
        await store.PutIfAbsentAsync(name, content, "application/octet-stream");
    }

    public void Dispose() => _folder.Dispose();
}
