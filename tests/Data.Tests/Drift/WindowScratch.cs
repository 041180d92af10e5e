using System.Collections.Immutable;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Tests.Drift;

/// <summary>Baseline and window written by queries over <c>range(rows) AS t (i)</c>, compared by one expression each or by all columns.</summary>
internal sealed class WindowScratch : IDisposable
{
    private readonly ScratchParquet parquet = new();

    public DataLimits Limits { get; init; } = new();

    public string Baseline(string selection, int rows = 4000) => parquet.Write($"SELECT {selection} FROM range({rows}) AS t (i)", "baseline.parquet");

    public string Window(string selection, int rows = 2000) => parquet.Write($"SELECT {selection} FROM range({rows}) AS t (i)", "window.parquet");

    public WindowDrift Compare(string baseline, string window, params ImmutableArray<FigureDefinition> figures) => WindowComparison.Compare(
        baseline, window, figures, new DriftPolicy(), Limits, TestContext.Current.CancellationToken);

    /// <summary>The only figure, <c>x</c>, of two files.</summary>
    public FigureComparison CompareX(string baseline, string window, int rows = 2000) =>
        Compare(Baseline($"{baseline} AS x"), Window($"{window} AS x", rows), new FigureDefinition("x", "x")).Comparisons.Single();

    public void Dispose() => parquet.Dispose();
}
