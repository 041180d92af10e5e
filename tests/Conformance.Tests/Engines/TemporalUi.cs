using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>Temporal UI's server in front of an engine, with a configuration folder of its own.</summary>
internal sealed class TemporalUi : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly HttpClient http;
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private TemporalUi(Process process, DirectoryInfo folder, int port)
    {
        (this.process, this.folder) = (process, folder);
        http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/"), Timeout = Patience };
    }

    public static async Task<TemporalUi> StartAsync(string engineAddress)
    {
        var port = FreePort.Next();
        var folder = Directory.CreateTempSubdirectory("conformance-ui-");
        await File.WriteAllTextAsync(Path.Combine(folder.CreateSubdirectory("config").FullName, "development.yaml"), $"""
            temporalGrpcAddress: {engineAddress}
            host: 127.0.0.1
            port: {port}
            enableUi: true
            cors: {"{"} allowOrigins: [ "http://127.0.0.1:{port}" ] {"}"}
            defaultNamespace: default
            """);
        var process = ExternalProgram.Start(ExternalProgram.TemporalUi!, ["--root", folder.FullName, "--config", "config", "--env", "development", "start"]);
        return new(process, folder, port);
    }

    /// <summary>The answer to one call of the UI's pages, once the server answers at all.</summary>
    public Task<JsonNode> GetAsync(string path) => EventuallyAsync(path, _ => true);

    /// <summary>The first answer that satisfies the condition.</summary>
    public async Task<JsonNode> EventuallyAsync(string path, Func<JsonNode, bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(path, UriKind.Relative), patience.Token);
                var body = await response.Content.ReadAsStringAsync(patience.Token);
                Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
                if (JsonNode.Parse(body) is { } json && condition(json))
                {
                    return json;
                }
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // Not listening yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        folder.Delete(recursive: true);
    }
}
