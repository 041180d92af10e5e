using System.Collections.Immutable;
using ScottPlot;

namespace Lifecycle.Evaluation.Reports;

/// <summary>A colour of the page's style sheet, and the stand-in that ScottPlot draws with in its place.</summary>
/// <param name="StandInText">The stand-in as the drawing spells it.</param>
/// <param name="Variable">The colour as CSS spells it.</param>
internal sealed record ChartColor(string StandInText, string Variable)
{
    public static ChartColor Challenger { get; } = new("#010203", "var(--challenger)");

    public static ChartColor Champion { get; } = new("#010204", "var(--champion)");

    public static ChartColor Reference { get; } = new("#010205", "var(--reference)");

    public static ChartColor Grid { get; } = new("#010206", "var(--line)");

    public static ChartColor Ideal { get; } = new("#010207", "var(--muted)");

    public static ChartColor Baseline { get; } = new("#010208", "var(--baseline)");

    public static ChartColor Window { get; } = new("#010209", "var(--window)");

    public static ImmutableArray<ChartColor> All { get; } = [Challenger, Champion, Reference, Grid, Ideal, Baseline, Window];

    public Color StandIn => Color.FromHex(StandInText);
}
