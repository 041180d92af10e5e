using FsCheck;
using FsCheck.Fluent;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed class LossStrataProperties
{
    private static readonly Gen<(float Probability, bool? Label, string Stratum, double Weight)> Row =
        from probability in Gen.Choose(1, 99)
        from label in Gen.Frequency((5, Gen.Constant<bool?>(true)), (5, Gen.Constant<bool?>(false)), (1, Gen.Constant<bool?>(null)))
        from stratum in Gen.Choose(0, 30)
        from weight in Gen.Choose(1, 5)
        select (probability / 100f, label, $"stratum {stratum}", (double)weight);

    private static readonly Gen<LossInput> Input =
        from holdout in Row.ArrayOf(400)
        from window in Row.ArrayOf(300)
        select Traffic.Of(Rows([.. holdout.Select(row => row with { Label = row.Label ?? true })]), Rows(window)) with
        {
            Policy = new DriftPolicy { MinimumRows = 50 },
            BootstrapSamples = 5,
        };

    [Fact]
    public void Decomposition_AnyRows_AddsUpToTheChangeOfTheLoss() => Holds(evidence =>
    {
        (LossChange labelled, LossDecomposition parts) = (evidence.Labelled!, evidence.Decomposition!);
        return IsNear(parts.Mix + parts.Concept, labelled.Window - labelled.Baseline);
    });

    [Fact]
    public void Decomposition_AnyRows_HasSharesThatAddUpToOne() => Holds(evidence =>
        IsNear(evidence.Decomposition!.Strata.Sum(stratum => stratum.BaselineShare), 1)
        && IsNear(evidence.Decomposition.Strata.Sum(stratum => stratum.WindowShare), 1)
        && evidence.Decomposition.Strata.Length <= 20);

    [Fact]
    public void Decomposition_OtherMixOfTheSameAnswers_IsMixAlone()
    {
        LossDecomposition parts = Decompose(Traffic.Drawn(60_000, seed: 2, shape: 2));

        Assert.True(Math.Abs(parts.Mix) > 0.05, $"mix {parts.Mix:0.000}");
        Assert.True(Math.Abs(parts.Concept) < 0.25 * Math.Abs(parts.Mix), $"concept {parts.Concept:0.000} beside mix {parts.Mix:0.000}");
    }

    [Fact]
    public void Decomposition_OtherAnswersInTheSameMix_IsMostlyConcept()
    {
        LossDecomposition parts = Decompose(Traffic.Drawn(60_000, seed: 2, flipped: 0.2));

        Assert.True(parts.Concept > 0.1, $"concept {parts.Concept:0.000}");
        Assert.True(parts.Concept > 2 * Math.Abs(parts.Mix), $"concept {parts.Concept:0.000} beside mix {parts.Mix:0.000}");
    }

    [Fact]
    public void Decomposition_StratumThatTheHoldoutLacks_IsMix()
    {
        LossRows window = Traffic.Drawn(4000, seed: 2);
        LossDecomposition parts = Decompose(window with { Strata = [.. window.Strata.Select(_ => "new")] });

        Assert.Equal(0, parts.Concept, 12);
        Assert.Equal(3, parts.Strata.Length);
    }

    private static LossDecomposition Decompose(LossRows window) => LossComparison.Measure(Traffic.Of(Traffic.Drawn(60_000, seed: 1), window) with
    {
        BootstrapSamples = 5,
    }).Decomposition!;

    private static void Holds(Func<LossEvidence, bool> property) =>
        Prop.ForAll(Input.ToArbitrary(), input => property(LossComparison.Measure(input))).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static LossRows Rows((float Probability, bool? Label, string Stratum, double Weight)[] rows) => new()
    {
        Answers = new Answers(1, [.. rows.Select(row => row.Probability)]),
        Labels = [.. rows.Select(row => row.Label switch { true => 1, false => 0, _ => double.NaN })],
        Strata = [.. rows.Select(row => row.Stratum)],
        Weights = [.. rows.Select(row => row.Weight)],
    };

    private static bool IsNear(double found, double expected) => Math.Abs(found - expected) < 1e-9;
}
