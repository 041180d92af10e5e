using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Evaluation.Reports;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Splits;

/// <summary>A run that is asked to compare its split by time with a random one.</summary>
public sealed class ComparedSplitTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Run_AskedToCompareSplits_ReportsBothAndJudgesByTimeAlone(EngineKind kind)
    {
        await using SampleStack stack = await SampleStack.StartAsync(kind);
        SampleTables.WriteTo(stack.ModelsParent);

        RetrainingState plain = await RetrainAsync(stack, compare: false);
        RetrainingState compared = await RetrainAsync(stack, compare: true);

        RandomSplit random = compared.Evaluation!.RandomSplit!;
        Assert.Null(random.Failure);
        Assert.Equal(3000, random.TrainingRows + random.HoldoutRows);
        Assert.InRange(random.HoldoutRows, compared.Features!.Holdout.RowCount / 2, compared.Features.Holdout.RowCount * 2);
        Assert.NotEqual(compared.Evaluation.Challenger.ModelDigest, random.Challenger!.ModelDigest);
        Assert.Equal(plain.Evaluation!.Challenger.ModelDigest, compared.Evaluation.Challenger.ModelDigest);
        Assert.Equal(plain.Features!.Holdout.Rows, compared.Features.Holdout.Rows);
        Assert.Null(plain.Evaluation.RandomSplit);

        // Only what a clock measured may differ between the two verdicts.
        Assert.Equal(Reasons(plain), Reasons(compared));
        EvaluationDocument document = EvaluationDocument.Read(await stack.ReadAsync(compared.Evaluation.Document!));
        Assert.Equal(random.Challenger.Slices["all"].Loss, document.RandomSplit!.Challenger!.Slices["all"].Loss, 8);
    }

    [Fact]
    public async Task Run_WhoseRowsAreSplitByFolds_SaysThatThereIsNothingToCompare()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);

        WorkflowHandle<RetrainingWorkflow, RetrainingState> run = await SampleRuns.LaunchAsync(stack.Client, SampleRuns.Request("2024-01") with { CompareSplits = true });
        WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => run.GetResultAsync());

        Assert.Contains("split by folds, so there is no split by time to compare a random one with", failed.InnerException!.InnerException!.Message, StringComparison.Ordinal);
    }

    private static async Task<RetrainingState> RetrainAsync(SampleStack stack, bool compare)
    {
        var run = await SampleRuns.StartAsync(stack.Client, SampleRuns.Request(SampleTables.Snapshot, SampleTables.Later) with { CompareSplits = compare });
        RetrainingState state = await run.QueryAsync(workflow => workflow.State);
        if (state.Outcome is null)
        {
            await SampleRuns.DecideAsync(run, stack.Home, DemoEngineers.Names[0], Domain.Releases.DecisionKind.Reject);
            await run.GetResultAsync();
        }

        return state;
    }

    private static IEnumerable<string> Reasons(RetrainingState state) =>
        state.Blessing!.Reasons.Where(reason => reason.Rule != "latency").Select(reason => $"{reason.Verdict} {reason.Rule}: {reason.Sentence}");
}
