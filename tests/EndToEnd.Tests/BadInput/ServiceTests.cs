using System.Net;
using System.Net.Sockets;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.EndToEnd.Tests.BadInput;

/// <summary>Services that cannot start, or go away: one clear error, and nothing lost.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Home_ServedByAnotherProcess_IsRefusedByItsName()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);

        var refused = await Assert.ThrowsAsync<CommandException>(() => ServiceStack.StartAsync(
            new StackOptions(stack.Home, SourceTree.Find()), _ => { }, CancellationToken.None));

        Assert.Equal(ExitCodes.Unavailable, refused.ExitCode);
        Assert.Contains(stack.Home.Root, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineServe_OnAPortThatIsTaken_EndsWithOneError()
    {
        using TemporaryFolder folder = new();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using ProgramProcess program = await ProgramProcess.StartAsync(
            "Lifecycle.Cli", ["engine", "serve", "--home", folder.Path, "--port", $"{port}"], new Dictionary<string, string>(), "error:");

        Assert.Equal(ExitCodes.Unavailable, await program.WaitForExitAsync(TimeSpan.FromMinutes(5)));
        Assert.Contains($"{port}", Assert.Single(program.Output.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhoseBlobEmulatorGoesDown_GoesOnWhenItIsBack()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        int port = stack.Services.BlobPort;
        await stack.Services.StopBlobsAsync();
        await SampleRuns.DecideAsync(run, stack.Home, "demo-ada");
        await SampleRuns.DecideAsync(run, stack.Home, "demo-grace");

        NpmInstallation installation = await NpmInstallation.EnsureAsync(SourceTree.Find().Azurite, SourceTree.PackageCache());
        await using AzuriteProcess back = await AzuriteProcess.StartAsync(installation, stack.Home.Blobs, port);
        RetrainingState state = await run.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(RetrainingOutcome.Promoted, state.Outcome);
    }

    [Fact]
    public async Task Demo_InterruptedByCtrlC_EndsWithItsCodeAndLeavesNothingBehind()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> environment = new() { ["TMPDIR"] = folder.Path };
        await using ProgramProcess demo = await ProgramProcess.StartAsync("Lifecycle.Cli", ["demo"], environment, "Snapshot ...");

        await demo.SignalAsync("INT");

        Assert.Equal(ExitCodes.Interrupted, await demo.WaitForExitAsync(TimeSpan.FromMinutes(5)));
        Assert.Contains("interrupted", demo.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "lifecycle-demo-*"));
    }
}
