using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>
/// One figure's rows of baseline and window, counted over the same bins, for the picture. Exactly one of <see cref="Edges"/> and
/// <see cref="Levels"/> is there.
/// </summary>
public sealed record FigureHistogram
{
    /// <summary>Name of the figure, as in its <c>FigureDrift</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Inner edges of a number's bins, increasing; bin <c>i</c> holds <c>edge[i−1] &lt; x ≤ edge[i]</c>, the outer ones are open.</summary>
    public ImmutableArray<double>? Edges { get; init; }

    /// <summary>Values of any other figure, the baseline's most frequent first.</summary>
    public ImmutableArray<string>? Levels { get; init; }

    /// <summary>Rows of the baseline in each bin or of each level.</summary>
    public required ImmutableArray<long> Baseline { get; init; }

    /// <summary>Rows of the window in each bin or of each level.</summary>
    public required ImmutableArray<long> Window { get; init; }

    /// <summary>Rows of the baseline that are in no bin: of a level that is not listed, or no number.</summary>
    public long BaselineOther { get; init; }

    /// <summary>The same of the window.</summary>
    public long WindowOther { get; init; }

    /// <summary>Rows of the baseline without a value.</summary>
    public long BaselineNull { get; init; }

    /// <summary>The same of the window.</summary>
    public long WindowNull { get; init; }

    /// <summary>Whether the bins follow each other on a scale.</summary>
    internal bool IsOrdered => Edges is not null;

    /// <summary>The bins as shares of all rows of either side; levels beyond <paramref name="most"/> go with the other ones.</summary>
    internal ImmutableArray<HistogramBar> Bars(int most)
    {
        (double baseline, double window) = (Math.Max(1, Baseline.Sum() + BaselineOther + BaselineNull), Math.Max(1, Window.Sum() + WindowOther + WindowNull));
        int shown = IsOrdered ? Baseline.Length : Math.Min(most, Baseline.Length);
        (long baselineRest, long windowRest) = (BaselineOther + Baseline.Skip(shown).Sum(), WindowOther + Window.Skip(shown).Sum());
        return
        [
            .. Enumerable.Range(0, shown).Select(bin => new HistogramBar(Label(bin), Baseline[bin] / baseline, Window[bin] / window)),
            .. OneUnlessEmpty("other", baselineRest / baseline, windowRest / window),
            .. OneUnlessEmpty("no value", BaselineNull / baseline, WindowNull / window),
        ];
    }

    private static IEnumerable<HistogramBar> OneUnlessEmpty(string label, double baseline, double window) =>
        baseline + window > 0 ? [new HistogramBar(label, baseline, window)] : [];

    private string Label(int bin) => (Edges, Levels) switch
    {
        ({ } edges, _) when edges.IsEmpty => "all",
        ({ } edges, _) when bin == 0 => $"≤ {Number(edges[0])}",
        ({ } edges, _) when bin == edges.Length => $"> {Number(edges[^1])}",
        ({ } edges, _) => $"≤ {Number(edges[bin])}",
        (_, { } levels) => levels[bin].Length == 0 ? "empty" : levels[bin],
        _ => bin.ToString(CultureInfo.InvariantCulture),
    };

    private static string Number(double value) => Math.Abs(value) is >= 1e5 or (> 0 and < 1e-3)
        ? value.ToString("0.#e0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>One bin of a picture.</summary>
/// <param name="Label">What it holds.</param>
/// <param name="Baseline">Share of the baseline's rows.</param>
/// <param name="Window">Share of the window's rows.</param>
internal readonly record struct HistogramBar(string Label, double Baseline, double Window);
