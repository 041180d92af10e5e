using Lifecycle.Data.Drift;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Tests.Drift;

public sealed class WindowComparisonTests : IDisposable
{
    /// <summary>Uniform on 0 … 1 without ties, in no order; the standard deviation is √(1/12) = .2887.</summary>
    private const string Uniform = "((i * 7919) % 100003) / 100003.0";

    private readonly WindowScratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Compare_SameRows_FindsNothing()
    {
        FigureComparison figure = scratch.CompareX(Uniform, Uniform, rows: 4000);

        Assert.Equal((FigureKind.Numeric, DriftLevel.None), (figure.Drift.Kind, figure.Drift.Level));
        Assert.All(figure.Drift.Effects, effect => Assert.Equal((0, 1), (Math.Round(effect.Value, 12), effect.PValue)));
    }

    [Theory]
    [InlineData(0.01, DriftLevel.None)]
    [InlineData(0.045, DriftLevel.Warn)]
    [InlineData(0.09, DriftLevel.Act)]
    public void Compare_ShiftedNumber_IsMeasuredInStandardDeviations(double shift, DriftLevel expected)
    {
        FigureComparison figure = scratch.CompareX(Uniform, $"{Uniform} + {shift}", rows: 4000);

        DriftEffect distance = Assert.Single(figure.Drift.Effects, effect => effect.Measure == DriftMeasure.Wasserstein);
        Assert.Equal(shift / Math.Sqrt(1 / 12.0), distance.Value, .001);
        Assert.Equal(expected, figure.Drift.Level);
    }

    [Fact]
    public void Compare_NumbersThatTurnedIntoNaN_AlarmByTheirOwnBin()
    {
        FigureComparison figure = scratch.CompareX(Uniform, $"if(i % 3 = 0, 'NaN'::DOUBLE, {Uniform})");

        Assert.Equal(DriftLevel.Act, figure.Drift.Level);
        Assert.Equal(DriftMeasure.PopulationStabilityIndex, figure.Drift.Effects[0].Measure);
        Assert.Equal((667, 0L, 0L), (figure.Window.NotANumberCount, figure.Window.InfiniteCount, figure.Window.NullCount));
        Assert.DoesNotContain(figure.Drift.Effects, effect => effect.Measure == DriftMeasure.NullRate);
    }

    [Fact]
    public void Compare_Infinities_AreCountedApartFromNaNAndNull()
    {
        FigureComparison figure = scratch.CompareX(Uniform, $"CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '-inf'::DOUBLE WHEN 2 THEN 'NaN'::DOUBLE ELSE {Uniform} END");

        Assert.Equal((500L, 500L, 500L), (figure.Window.NotANumberCount, figure.Window.InfiniteCount, figure.Window.NullCount));
        Assert.Equal(2000, figure.Window.RowCount);
    }

    [Fact]
    public void Compare_ValuesThatVanished_AlarmByTheirNullRate()
    {
        FigureComparison figure = scratch.CompareX(Uniform, $"if(i % 10 = 0, NULL, {Uniform})");

        DriftEffect rate = Assert.Single(figure.Drift.Effects, effect => effect.Measure == DriftMeasure.NullRate);
        Assert.Equal(.1, rate.Value, 12);
        Assert.Equal(DriftLevel.Act, figure.Drift.Level);
    }

    [Fact]
    public void Compare_MoreZeros_IsSeenApartFromTheRest()
    {
        FigureComparison figure = scratch.CompareX($"if(i % 2 = 0, 0, {Uniform} * 1000)", $"if(i % 3 <> 0, 0, {Uniform} * 1000)");

        Assert.Equal(FigureKind.ZeroInflated, figure.Drift.Kind);
        Assert.Equal(DriftMeasure.ZeroShare, figure.Drift.Effects[0].Measure);
        Assert.Equal(1334 / 2000.0 - .5, figure.Drift.Effects[0].Value, 12);
        Assert.True(figure.Drift.Effects[1].Value < .1, "what is not zero has not moved");
    }

    [Fact]
    public void Compare_LargerPositives_AreMeasuredByTheirLogarithm()
    {
        FigureComparison figure = scratch.CompareX($"if(i % 2 = 0, 0, {Uniform} * 1000)", $"if(i % 2 = 0, 0, {Uniform} * 2000)");

        Assert.Equal(DriftMeasure.PositiveWasserstein, figure.Drift.Effects[0].Measure);
        Assert.InRange(figure.Drift.Effects[0].Value, Math.Log(2) / 1.2, Math.Log(2) / .8);
        Assert.Equal(DriftLevel.Act, figure.Drift.Level);
    }

    [Fact]
    public void Compare_Levels_UsesTheirShares()
    {
        FigureComparison figure = scratch.CompareX("if(i % 2 = 0, 'a', 'b')", "CASE i % 5 WHEN 0 THEN 'b' WHEN 1 THEN 'c' ELSE 'a' END");

        Assert.Equal(FigureKind.Categorical, figure.Drift.Kind);
        Assert.Equal(.3, figure.Drift.Effects.Single(effect => effect.Measure == DriftMeasure.LargestShare).Value, 12);
        Assert.Equal([1200, 400], figure.Window.Counts);
        Assert.Equal(400, figure.Window.OtherCount);
        Assert.Equal(DriftLevel.Act, figure.Drift.Level);
    }

    [Fact]
    public void Compare_FewValues_AreLevelsWhateverTheirType()
    {
        FigureComparison figure = scratch.CompareX("(i % 4)::INTEGER", "(i % 4)::DOUBLE");

        Assert.Equal(FigureKind.Categorical, figure.Drift.Kind);
        Assert.Equal(["0", "1", "2", "3"], figure.Baseline.Levels!.Value);
        Assert.Equal(DriftLevel.None, figure.Drift.Level);
    }

    [Fact]
    public void Compare_RareTail_CountsAsOneLevel()
    {
        FigureComparison figure = scratch.CompareX("if(i % 25 = 0, 'rare' || i, 'l' || i % 50)", "if(i % 25 = 0, 'other' || i, 'l' || i % 50)");

        Assert.Equal(FigureKind.Categorical, figure.Drift.Kind);
        Assert.Equal(DriftLevel.None, figure.Drift.Level);
    }

    [Fact]
    public void Compare_FewRows_IsInconclusiveHoweverLargeTheEffect()
    {
        WindowDrift drift = scratch.Compare(scratch.Baseline($"{Uniform} AS x"), scratch.Window($"{Uniform} + 5 AS x", rows: 499), new FigureDefinition("x", "x"));

        Assert.Equal((DriftLevel.Inconclusive, DriftLevel.Inconclusive), (drift.Level, drift.Figures[0].Level));
        Assert.True(drift.Figures[0].Effects[0].Value > 1);
        Assert.Equal((499L, 1, 0, 0, 0.0), (drift.RowCount, drift.FigureCount, drift.WarnCount, drift.ActCount, drift.DriftShare));
    }

    [Fact]
    public void Compare_EmptyWindow_IsInconclusive() => Assert.Equal(
        DriftLevel.Inconclusive, scratch.Compare(scratch.Baseline($"{Uniform} AS x"), scratch.Window("1.5 AS x", rows: 0), new FigureDefinition("x", "x")).Level);
}
