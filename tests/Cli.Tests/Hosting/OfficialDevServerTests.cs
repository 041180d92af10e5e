using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Tests.Hosting;

/// <summary>The dev server is told free ports and draws some by itself; any of them may be somebody's by the time it listens.</summary>
public sealed class OfficialDevServerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Server_WhosePortWasTakenMeanwhile_IsStartedOnceMore()
    {
        Assert.SkipWhen(OfficialDevServer.FindProgram() is null, "the official Temporal CLI was not found; put it on PATH or set TEMPORAL_CLI_PATH");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program that finds its port taken is a shell script");
        string program = Script($"""
            [ -e "$0.tried" ] && exec "{OfficialDevServer.FindProgram()}" "$@"
            touch "$0.tried"
            echo "listen tcp 127.0.0.1:40413: bind: address already in use" >&2
            exit 1
            """);

        await using OfficialDevServer server = await OfficialDevServer.StartAsync(program, Home, 0, 0, CancellationToken.None);

        Assert.True(File.Exists($"{program}.tried"));
        Assert.StartsWith("127.0.0.1:", server.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown flag: --log-level", 1)]
    [InlineData("bind: address already in use", 5)]
    public async Task Server_ThatDoesNotStart_IsTriedAgainForAPortAlone(string lastWord, int tries)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program that does not start is a shell script");
        string program = Script($"""
            echo try >> "$0.tries"
            echo "{lastWord}" >&2
            exit 1
            """);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => OfficialDevServer.StartAsync(program, Home, 0, 0, CancellationToken.None));

        Assert.Contains(lastWord, failure.Message, StringComparison.Ordinal);
        Assert.Equal(tries, (await File.ReadAllLinesAsync($"{program}.tries", TestContext.Current.CancellationToken)).Length);
    }

    private HomeFolder Home => new HomeFolder(Path.Combine(folder.Path, "home")).Create();

    private string Script(string body)
    {
        string path = Path.Combine(folder.Path, "temporal");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
