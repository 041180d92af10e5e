using System.Net;
using System.Net.Sockets;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Connections;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;

namespace Lifecycle.EndToEnd.Tests.Following;

/// <summary><c>retrain --wait</c> as a process of its own, while the home's services are stopped and come back on other ports.</summary>
public sealed class WaitingVerbTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task RetrainWait_OverServicesThatComeBackElsewhere_EndsWithTheRun(EngineKind kind)
    {
        Assert.SkipWhen(
            kind == EngineKind.Temporal && OfficialDevServer.FindProgram() is null,
            "the official Temporal CLI was not found; put it on PATH or set TEMPORAL_CLI_PATH");
        using TemporaryFolder folder = new();
        HomeFolder home = new(Path.Combine(folder.Path, "home"));
        StackOptions options = new(home, SourceTree.Find()) { Engine = kind, Models = SampleModel.WriteTo(folder.Path).ModelsFolder };
        ServiceStack first = await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None);
        string engine = first.Announce().Engine;
        await using ProgramProcess waiting = await ProgramProcess.StartAsync(
            "Lifecycle.Cli",
            ["retrain", SampleModel.Name, "--snapshot", "2024-01", "--as", "carol", "--wait", "--home", home.Root],
            new Dictionary<string, string>(),
            "Approval ...");
        await first.DisposeAsync();

        using TcpListener taken = new(IPAddress.Loopback, int.Parse(engine.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        taken.Start();
        await using ServiceStack second = await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None);
        Assert.NotEqual(engine, second.Announce().Engine);
        var run = second.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(WorkflowIds.Retraining(SampleModel.Name));
        await SampleRuns.DecideAsync(run, home, "demo-ada");
        await SampleRuns.DecideAsync(run, home, "demo-grace");

        Assert.Equal(ExitCodes.Success, await waiting.WaitForExitAsync(Limit));
        Assert.Contains("Promotion done", waiting.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("temporalio", waiting.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("WARN", waiting.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_OfAHomeThatAreStartedAgain_TakeTheirPortsAgain()
    {
        using TemporaryFolder folder = new();
        HomeFolder home = new(Path.Combine(folder.Path, "home"));
        StackOptions options = new(home, SourceTree.Find()) { Models = SampleModel.WriteTo(folder.Path).ModelsFolder };
        ServicesFile before;
        await using (ServiceStack first = await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None))
        {
            before = first.Announce();
        }

        await using ServiceStack second = await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None);

        ServicesFile after = second.Announce();
        Assert.Equal((before.Engine, before.BlobConnectionString), (after.Engine, after.BlobConnectionString));
        Assert.False(File.Exists(SdkLog.PathIn(home)), "nothing was written about, so nothing is there");
    }
}
