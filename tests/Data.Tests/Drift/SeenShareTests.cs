using Lifecycle.Data.Drift;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Drift;

public sealed class SeenShareTests : IDisposable
{
    private readonly WindowScratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Compare_ManyLevels_HoldsTheSeenShareAgainstWhatTheBaselineWouldSeeOfItself()
    {
        // 4,000 rows: 500 levels of seven rows, and 500 rows with a level of their own, so 87.5% have company.
        FigureComparison figure = scratch.CompareX("if(i < 500, 'once' || i, 'l' || i % 500)", "if(i % 4 = 0, 'new' || i, 'l' || i % 500)");

        Assert.Equal(FigureKind.HighCardinality, figure.Drift.Kind);
        Assert.Equal(500, figure.Baseline.SeenOnceCount);
        DriftEffect fall = Assert.Single(figure.Drift.Effects);
        Assert.Equal((DriftMeasure.SeenShare, .125), (fall.Measure, Math.Round(fall.Value, 12)));
        Assert.Equal(DriftLevel.Act, figure.Drift.Level);
    }

    [Fact]
    public void Compare_EveryRowNewByNature_SaysNothing()
    {
        FigureComparison figure = scratch.CompareX("'baseline' || i", "'window' || i");

        Assert.Equal((FigureKind.HighCardinality, DriftLevel.None), (figure.Drift.Kind, figure.Drift.Level));
        Assert.Empty(figure.Drift.Effects);
    }

    [Fact]
    public void Compare_Key_IsHeldAgainstAllSeen()
    {
        WindowDrift drift = scratch.Compare(
            scratch.Baseline("'host' || i AS input"), scratch.Window("if(i < 1900, 'host' || i, 'new' || i) AS input"), DriftFigures.SeenOf(new([new() { Name = "host", Type = InputType.Text }]), "host"));

        Assert.Equal(.95, drift.SeenShare);
        Assert.Equal(DriftLevel.Warn, drift.Level);
        Assert.Equal(.05, drift.Figures[0].Effects[0].Value, 12);
    }

    [Fact]
    public void Compare_NoKey_MeasuresNoSeenShare() => Assert.Null(
        scratch.Compare(scratch.Baseline("i AS x"), scratch.Window("i AS x"), new FigureDefinition("x", "x")).SeenShare);
}
