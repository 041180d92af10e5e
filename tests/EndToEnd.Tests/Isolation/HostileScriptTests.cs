using System.Diagnostics;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Isolation;

/// <summary>
/// What a script, or a native library, does to the process of its stage: the run ends with a typed failure, the process is
/// gone, and the worker serves the next run.
/// </summary>
public sealed class HostileScriptTests
{
    private const int MemoryMegabytes = 640;

    // Five seconds on an idle machine. Above it the SDK's own throttle of heartbeats would take 24.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    public static TheoryData<EngineKind, string> Bombs()
    {
        TheoryData<EngineKind, string> data = [];
        foreach (string bomb in (string[])
        [
            "SELECT len(range(900000000))::VARCHAR AS host, 1 AS label",
            "SELECT length(repeat('ab', 1900000000))::VARCHAR AS host, 1 AS label",
            "SELECT len(list_transform(range(400000000), x -> x + 1))::VARCHAR AS host, 1 AS label",
            "SELECT len(string_split(repeat('a,', 200000000), ','))::VARCHAR AS host, 1 AS label",
            "SELECT len(list_sort(range(600000000)))::VARCHAR AS host, 1 AS label",
        ])
        {
            data.Add(EngineKind.Local, bomb);
        }

        data.Add(EngineKind.Temporal, "SELECT len(range(900000000))::VARCHAR AS host, 1 AS label");
        return data;
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Run_WithAScriptAboveTheMemory_FailsWithLimitAndPeakAndTheNextRunIsServed(EngineKind engine, string bomb)
    {
        await using SampleStack stack = await StartAsync(engine, TimeSpan.FromMinutes(10));
        ApplicationFailureException failure = await HostileScripts.WithAsync(
            stack.ModelFile, bomb, async () => await HostileScripts.FailureAsync(await HostileScripts.StartAsync(stack.Client)));

        Assert.Equal(FailureTypes.MemoryExceeded, failure.ErrorType);
        Assert.Matches($"its peak was [0-9]+ MB of the {MemoryMegabytes} MB", failure.Message);
        Assert.NotNull((await SampleRuns.StartAsync(stack.Client, "2024-01")).Id);
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Run_WithAScriptWithoutEnd_FailsWithDeadlineAndPeakAndTheNextRunIsServed(EngineKind engine)
    {
        await using SampleStack stack = await StartAsync(engine, TimeSpan.FromSeconds(20));
        ApplicationFailureException failure = await HostileScripts.WithAsync(
            stack.ModelFile, HostileScripts.Endless, async () => await HostileScripts.FailureAsync(await HostileScripts.StartAsync(stack.Client)));

        Assert.Equal(FailureTypes.DeadlineExceeded, failure.ErrorType);
        Assert.Matches($"20 s.* peak was [0-9]+ MB of the {MemoryMegabytes} MB", failure.Message);
        Assert.NotNull((await SampleRuns.StartAsync(stack.Client, "2024-01")).Id);
    }

    [Theory]
    [InlineData(EngineKind.Local, "SYS", FailureTypes.StageCrashed, "SIGSYS")]
    [InlineData(EngineKind.Local, "KILL", FailureTypes.MemoryExceeded, "exit 137")]
    [InlineData(EngineKind.Temporal, "XCPU", FailureTypes.StageCrashed, "SIGXCPU")]
    public async Task Run_WhoseProcessCrashesTwice_FailsWithTheSignalAndTheNextRunIsServed(EngineKind engine, string signal, string type, string named)
    {
        await using SampleStack stack = await StartAsync(engine, TimeSpan.FromMinutes(10));
        StageChildren children = new(stack.Home);
        ApplicationFailureException failure = await HostileScripts.WithAsync(stack.ModelFile, HostileScripts.Endless, async () =>
        {
            var run = await HostileScripts.StartAsync(stack.Client);
            List<int> crashed = [];
            for (int attempt = 0; attempt < 2; attempt++)
            {
                int child = await children.WorkingAsync(crashed);
                crashed.Add(child);
                using Process kill = Process.Start("kill", [$"-{signal}", $"{child}"]);
                await kill.WaitForExitAsync();
            }

            return await HostileScripts.FailureAsync(run);
        });

        Assert.Equal(type, failure.ErrorType);
        Assert.Matches(named, failure.Message);
        Assert.NotNull((await SampleRuns.StartAsync(stack.Client, "2024-01")).Id);
    }

    [Theory]
    [InlineData(EngineKind.Local, "cancel")]
    [InlineData(EngineKind.Local, "terminate")]
    [InlineData(EngineKind.Temporal, "cancel")]
    [InlineData(EngineKind.Temporal, "terminate")]
    public async Task Run_ThatIsEnded_TakesTheProcessOfItsStageWithIt(EngineKind engine, string how)
    {
        await using SampleStack stack = await StartAsync(engine, TimeSpan.FromMinutes(10));
        StageChildren children = new(stack.Home);
        await HostileScripts.WithAsync(stack.ModelFile, HostileScripts.Endless, async () =>
        {
            var run = await HostileScripts.StartAsync(stack.Client);
            int child = await children.WorkingAsync();
            await (how == "cancel" ? run.CancelAsync() : run.TerminateAsync("a test"));
            await StageChildren.GoneAsync(child, Within);
            return await Assert.ThrowsAsync<WorkflowFailedException>(() => run.GetResultAsync());
        });

        Assert.NotNull((await SampleRuns.StartAsync(stack.Client, "2024-01")).Id);
    }

    [Fact]
    public async Task Worker_ThatIsKilled_LeavesNoProcess()
    {
        await using SplitServices services = await SplitServices.StartAsync();
        StageChildren children = new(services.Home);
        IReadOnlyList<int> left = await HostileScripts.WithAsync(services.ModelFile, HostileScripts.Endless, async () =>
        {
            var run = await HostileScripts.StartAsync(services.Client);
            await children.WorkingAsync();
            IReadOnlyList<int> all = children.All();
            await services.KillWorkerAsync();
            await run.TerminateAsync("a test");
            return all;
        });

        Assert.NotEmpty(left);
        foreach (int child in left)
        {
            await StageChildren.GoneAsync(child, Within);
        }
    }

    [Fact]
    public async Task Stack_ThatIsStopped_LeavesNoProcess()
    {
        SampleStack stack = await StartAsync(EngineKind.Local, TimeSpan.FromMinutes(10));
        StageChildren children = new(stack.Home);
        IReadOnlyList<int> left = await HostileScripts.WithAsync(stack.ModelFile, HostileScripts.Endless, async () =>
        {
            await HostileScripts.StartAsync(stack.Client);
            await children.WorkingAsync();
            IReadOnlyList<int> all = children.All();
            await stack.Services.DisposeAsync();
            return all;
        });

        Assert.NotEmpty(left);
        Assert.Empty(children.All());
        await stack.DisposeAsync();
    }

    [Fact]
    public async Task Worker_AfterAWholeRun_HasLoadedNoLibraryThatReadsData()
    {
        await using SplitServices services = await SplitServices.StartAsync();
        RetrainingState state = await SampleRuns.RetrainAsync(services.Client, services.Home, "2024-01");
        string[] mapped = await File.ReadAllLinesAsync($"/proc/{services.WorkerId}/maps");

        Assert.Equal(RetrainingOutcome.Promoted, state.Outcome);
        Assert.Contains(mapped, line => line.Contains("temporalio", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(mapped, line => line.Contains("libduckdb", StringComparison.OrdinalIgnoreCase)
            || line.Contains("libonnxruntime", StringComparison.OrdinalIgnoreCase) || line.Contains("lightgbm.so", StringComparison.OrdinalIgnoreCase));
    }

    private static Task<SampleStack> StartAsync(EngineKind engine, TimeSpan deadline)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the processes of stages are listed by /proc");
        return SampleStack.StartAsync(engine, limits: new() { MemoryMegabytes = MemoryMegabytes, Deadline = deadline });
    }
}
