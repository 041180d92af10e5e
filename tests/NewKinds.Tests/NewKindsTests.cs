using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Runs;

namespace Lifecycle.NewKinds.Tests;

/// <summary>
/// A kind of target with its task rules is one place, and a trainer is one folder: this project adds one of each, and the product's rooms
/// know of neither.
/// </summary>
public sealed class NewKindsTests
{
    [Fact]
    public async Task Retraining_WithATargetAndATrainerFromOutside_IsMeasuredPublishedAndPromoted()
    {
        NewKinds.Add();
        await using RainStack stack = await RainStack.StartAsync();

        RetrainingState ended = await stack.RetrainAsync();

        Assert.True(ended.Outcome == RetrainingOutcome.Promoted, $"the run ended as {ended.Outcome}: {ended.Reason}");
        Assert.Equal(["none", "light", "heavy"], ended.Evaluation!.Classes);
        SliceMetrics all = ended.Evaluation.Challenger.Slices[ModelMetrics.WholeHoldout];
        Assert.InRange(all.Figures[OrdinalRules.LevelsMissed], 0.5, 1.5);
        Assert.Equal(1, ended.Evaluation.HoldoutUses);
        Assert.Equal([$"holdouts/sample-rain/{ended.Features!.Holdout.Rows.Sha256}.json"], await stack.Store.ListAsync("holdouts/").ToListAsync());
    }
}
