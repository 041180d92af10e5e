using System.Text.Json;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class RandomSplitTests
{
    private static readonly RandomSplit Better = new()
    {
        TrainingRows = 4000,
        HoldoutRows = 1000,
        Challenger = WithLoss(Reports.Good.Challenger, 0.2),
        Reference = Reports.Good.Reference,
    };

    [Fact]
    public void Sentence_RandomSplitThatFlatters_SaysByHowMuch() => Assert.Equal(
        "Split by time, the balanced log loss on 'new' is 0.4000 (skill 42.0% against the reference); split at random, it would have been 0.2000 (skill 71.0% against the reference). "
            + "A random split promises 29.0 points of skill that the model does not have on what comes later.",
        Better.Sentence(Reports.Good, Reports.Slice));

    [Fact]
    public void Sentence_RandomSplitThatPromisesLess_SaysSo() => Assert.EndsWith(
        "A random split would have promised 14.5 points of skill less.",
        (Better with { Challenger = WithLoss(Reports.Good.Challenger, 0.5) }).Sentence(Reports.Good, Reports.Slice), StringComparison.Ordinal);

    [Fact]
    public void Sentence_SliceThatOneSideLacks_SaysSo() =>
        Assert.Equal("One of the two splits has no rows in slice 'old', so they cannot be compared there.", Better.Sentence(Reports.Good, "old"));

    [Fact]
    public void Sentence_SplitThatCouldNotBeMade_SaysWhy() =>
        Assert.Equal("The rows could not be split at random for comparison: no row of class x", new RandomSplit { Failure = "no row of class x" }.Sentence(Reports.Good, Reports.Slice));

    [Fact]
    public void Gate_RandomSplitOfAnyKind_ChangesNoReason()
    {
        RandomSplit[] any = [Better, Better with { Challenger = WithLoss(Reports.Good.Challenger, double.NaN) }, new() { Failure = "none" }];
        string without = Json(Gate.Judge(Reports.Good, Reports.Policy));

        Assert.All(any, random => Assert.Equal(without, Json(Gate.Judge(Reports.Good with { RandomSplit = random }, Reports.Policy))));
    }

    private static string Json(Blessing blessing) => JsonSerializer.Serialize(blessing, DomainJson.Compact);

    private static ModelMetrics WithLoss(ModelMetrics metrics, double loss) =>
        metrics with { Slices = metrics.Slices.SetItem(Reports.Slice, metrics.Slices[Reports.Slice] with { Loss = loss }) };
}
