using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.EndToEnd.Tests.Isolation;
using Lifecycle.Worker.Stages;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Tests.Isolation;

/// <summary>Which child serves which stage. Every answer is the process id of the child that gave it.</summary>
public sealed class KeptChildTests
{
    private const string Answer = """printf '\n{"answer":{"value":'$$'}}\n'; """;
    private const string Patient = "read confinement; read setup; while read call; do " + Answer + "done";
    private const string Hungry = "read confinement; read setup; hoard=$(head -c 90000000 /dev/zero | tr '\\0' x); while read call; do " + Answer + "done";

    [Fact]
    public async Task Stages_OfOneRun_AreServedByOneChild()
    {
        await using ShellStages stages = new(Patient);
        int first = await RunAsync(stages, "run-1");
        Assert.Equal(first, await RunAsync(stages, "run-1"));
        Assert.Equal(first, await RunAsync(stages, "run-1"));
    }

    [Fact]
    public async Task Stages_OfTwoRuns_AreServedByTwoChildren()
    {
        await using ShellStages stages = new(Patient);
        int first = await RunAsync(stages, "run-1");
        int second = await RunAsync(stages, "run-2");
        Assert.NotEqual(first, second);
        Assert.Equal(first, await RunAsync(stages, "run-1"));
        Assert.Equal(second, await RunAsync(stages, "run-2"));
    }

    [Fact]
    public async Task Stages_OfOneRunAtOnce_HaveAChildEach()
    {
        await using ShellStages stages = new("read confinement; read setup; while read call; do sleep 2; " + Answer + "done");
        int[] served = await Task.WhenAll(RunAsync(stages, "run-1"), RunAsync(stages, "run-1"));
        Assert.NotEqual(served[0], served[1]);
    }

    [Fact]
    public async Task Stage_WithoutACaller_IsServedByAChildOfItsOwn()
    {
        await using ShellStages stages = new(Patient);
        Assert.NotEqual(await RunAsync(stages, run: null), await RunAsync(stages, run: null));
    }

    [Theory]
    [InlineData("""printf '\n{"failure":{"type":"InvalidData","message":"%s","nonRetryable":true}}\n' $$""")]
    [InlineData("""echo $$ >&2; kill -SEGV $$""")]
    [InlineData("""echo $$ >&2; exit 0""")]
    public async Task Child_ThatFailed_IsGoneAndServesNoOther(string failing)
    {
        await using ShellStages stages = new($"read confinement; read setup; read call; {Answer} read call; {failing}; sleep 1000");
        int first = await RunAsync(stages, "run-1");
        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(stages, "run-1"));
        Assert.Contains($"{first}", failure.Message, StringComparison.Ordinal);
        await StageChildren.GoneAsync(first, TimeSpan.FromMinutes(1));
        Assert.NotEqual(first, await RunAsync(stages, "run-1"));
    }

    [Fact]
    public async Task Child_ThatDiedWhileItWaited_IsReplaced()
    {
        await using ShellStages stages = new(ShellStages.ReadAll + Answer);
        int first = await RunAsync(stages, "run-1");
        await StageChildren.GoneAsync(first, TimeSpan.FromMinutes(1));
        Assert.NotEqual(first, await RunAsync(stages, "run-1"));
    }

    [Fact]
    public async Task Child_WithMoreThanAQuarterOfTheMemory_IsNotKept()
    {
        await using ShellStages stages = new(Hungry);
        int first = await RunAsync(stages, "run-1");
        await StageChildren.GoneAsync(first, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Child_ThatNoStageFollows_IsGoneAfterAWhile()
    {
        await using ShellStages stages = new(Patient);
        await StageChildren.GoneAsync(await RunAsync(stages, "run-1"), IdleStages.KeptFor + TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Children_OfAWorkerThatEnds_AreGone()
    {
        int kept;
        await using (ShellStages stages = new(Patient))
        {
            kept = await RunAsync(stages, "run-1");
        }

        await StageChildren.GoneAsync(kept, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task LastWords_OfAnEarlierStage_AreNotToldOfALaterOne()
    {
        await using ShellStages stages = new($"read confinement; read setup; read call; echo of the first >&2; sleep 1; {Answer} read call; sleep 1; echo of the second >&2; exit 3");
        await RunAsync(stages, "run-1");
        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(stages, "run-1"));
        Assert.Contains("of the second", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("of the first", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<int> RunAsync(ShellStages stages, string? run)
    {
        StageCall call = new("TakeSnapshot", JsonSerializer.SerializeToElement(1))
        {
            Caller = run is null ? null : new StageCaller("retrain/sample", run, DateTimeOffset.UnixEpoch),
        };
        return (await stages.Stages.RunAsync(call, _ => { }, CancellationToken.None)).GetInt32();
    }
}
