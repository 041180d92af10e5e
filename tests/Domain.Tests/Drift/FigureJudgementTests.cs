using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Tests.Drift;

public sealed class FigureJudgementTests
{
    private static readonly DriftPolicy Policy = new();

    [Theory]
    [InlineData(.3, .01, DriftLevel.Act)]
    [InlineData(.2, .01, DriftLevel.Act)]
    [InlineData(.15, .01, DriftLevel.Warn)]
    [InlineData(.09, 0, DriftLevel.None)]
    [InlineData(.3, .011, DriftLevel.None)]
    [InlineData(.3, double.NaN, DriftLevel.None)]
    [InlineData(double.NaN, 0, DriftLevel.None)]
    public void Of_EffectAndSignificance_BothMustSaySo(double value, double adjusted, DriftLevel expected) =>
        Assert.Equal(expected, FigureJudgement.Of(Effect(value) with { AdjustedPValue = adjusted }, Policy));

    [Theory]
    [InlineData(500, 500, DriftLevel.None)]
    [InlineData(499, 499, DriftLevel.Inconclusive)]
    [InlineData(600, 499, DriftLevel.Inconclusive)]
    public void Judge_NothingLarge_IsNoneOnlyWithEnoughRows(long rows, long values, DriftLevel expected) =>
        Assert.Equal(expected, Judge([Effect(0)], [0], rows, values).Level);

    [Fact]
    public void Judge_LargeEffectOnFewRows_IsInconclusive() => Assert.Equal(DriftLevel.Inconclusive, Judge([Effect(9)], [0], 499, 499).Level);

    [Fact]
    public void Judge_ValuesThatVanished_AlarmByTheirNullRate() =>
        Assert.Equal(DriftLevel.Act, Judge([Effect(9), Effect(.9) with { Measure = DriftMeasure.NullRate }], [0, 0], 1000, 10).Level);

    [Fact]
    public void Judge_SeveralEffects_PutsTheStrongestFirstWithItsPValue()
    {
        FigureDrift judged = Judge([Effect(.1), Effect(.3), Effect(.2)], [.5, .001, .001], 1000, 1000);

        Assert.Equal([(.3, .001), (.2, .001), (.1, .5)], judged.Effects.Select(effect => (effect.Value, effect.AdjustedPValue)));
        Assert.Equal(DriftLevel.Act, judged.Level);
    }

    [Fact]
    public void Judge_LargerEffectThatIsNoise_ComesBehindTheOneThatAlarms() =>
        Assert.Equal([.15, .9], Judge([Effect(.9), Effect(.15)], [.5, .001], 1000, 1000).Effects.Select(effect => effect.Value));

    [Fact]
    public void DriftShare_Importances_WeighTheFigures() => Assert.Equal(
        .75, FigureJudgement.DriftShare([Figure("a", DriftLevel.Act) with { Importance = 3 }, Figure("b", DriftLevel.Warn)]));

    [Fact]
    public void DriftShare_NoFigures_IsZero() => Assert.Equal(0, FigureJudgement.DriftShare([]));

    [Fact]
    public void Overall_FewRows_IsInconclusiveWhateverTheFiguresSay() =>
        Assert.Equal(DriftLevel.Inconclusive, FigureJudgement.Overall([Figure("a", DriftLevel.Act)], 499, Policy));

    [Fact]
    public void Overall_SeveralFigures_IsTheStrongest() =>
        Assert.Equal(DriftLevel.Warn, FigureJudgement.Overall([Figure("a", DriftLevel.None), Figure("b", DriftLevel.Warn)], 500, Policy));

    [Fact]
    public void Sort_Figures_StrongestFirst() => Assert.Equal(
        ["c", "a", "b"],
        FigureJudgement.Sort([Figure("b", DriftLevel.None), Figure("a", DriftLevel.None), Figure("c", DriftLevel.Warn)]).Select(figure => figure.Name));

    private static FigureDrift Judge(ImmutableArray<DriftEffect> effects, double[] adjusted, long rows, long values) =>
        FigureJudgement.Judge(Figure("figure", DriftLevel.None) with { Effects = effects }, adjusted, rows, values, Policy);

    private static FigureDrift Figure(string name, DriftLevel level) => new() { Name = name, Kind = FigureKind.Numeric, Level = level };

    private static DriftEffect Effect(double value) => new(DriftMeasure.Wasserstein, value, WarnAt: .1, ActAt: .2, PValue: 0, AdjustedPValue: 1);
}
