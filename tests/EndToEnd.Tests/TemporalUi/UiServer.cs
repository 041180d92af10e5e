using System.Diagnostics;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.TemporalUi;

/// <summary>The official Temporal UI in front of an engine: <c>temporal-ui-server</c>, found beside the official CLI.</summary>
internal sealed class UiServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private UiServer(string program, string engine, int port)
    {
        string config = Directory.CreateDirectory(Path.Combine(folder.Path, "config")).FullName;
        File.WriteAllText(Path.Combine(config, "test.yaml"), $"""
            temporalGrpcAddress: {engine}
            host: 127.0.0.1
            port: {port}
            enableUi: true
            cors: {"{"} allowOrigins: [ "http://127.0.0.1:{port}" ] {"}"}
            defaultNamespace: default
            """);
        Address = new Uri($"http://127.0.0.1:{port}");
        process = Process.Start(new ProcessStartInfo(program, ["--root", folder.Path, "--config", "config", "--env", "test", "start"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Path of the program; null where there is none.</summary>
    public static string? FindProgram() => OfficialDevServer.FindProgram() is { } temporal
        && Path.Combine(Path.GetDirectoryName(temporal)!, "temporal-ui-server") is var program && File.Exists(program)
            ? program
            : null;

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<UiServer> StartAsync(string program, string engine)
    {
        UiServer server = new(program, engine, LoopbackPort.AnyFree());
        using HttpClient http = new();
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (!await AnswersAsync(http, server.Address, limit.Token))
        {
            await Task.Delay(100, limit.Token);
        }

        return server;
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
