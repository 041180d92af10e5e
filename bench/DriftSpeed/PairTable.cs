using System.Globalization;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;

namespace Lifecycle.DriftSpeed;

/// <summary>Two consecutive snapshots.</summary>
/// <param name="Before">The snapshot accepted before.</param>
/// <param name="Now">The snapshot that arrived.</param>
/// <param name="Contract">The contract on the snapshot that arrived.</param>
/// <param name="SinceAll">Its new rows against all rows before.</param>
/// <param name="SinceNew">Its new rows against the new rows before.</param>
/// <param name="Finding">The decision on <paramref name="SinceNew"/> and the contract.</param>
internal sealed record PairMeasurement(
    string Before, string Now, ValidationReport Contract, WindowDrift SinceAll, WindowDrift SinceNew, DriftFinding Finding);

/// <summary>Pairs as two Markdown tables: every figure, and what was decided.</summary>
internal static class PairTable
{
    private static readonly string[] Heading =
    [
        "| pair | new rows | figure | against all rows before | level | against the new rows before | level |",
        "|---|---|---|---|---|---|---|",
    ];

    public static string Of(IReadOnlyList<PairMeasurement> pairs) => string.Join('\n', Heading.Concat(pairs.SelectMany(FigureRows))
    .Concat(["", "| pair | contract, PSI | against all | against new | decision | because |", "|---|---|---|---|---|---|"])
    .Concat(pairs.Select(DecisionRow)));

    private static IEnumerable<string> FigureRows(PairMeasurement pair) =>
        pair.SinceNew.Figures.OrderBy(figure => figure.Name, StringComparer.Ordinal).Select((figure, i) =>
        {
            FigureDrift all = pair.SinceAll.Figures.Single(other => other.Name == figure.Name);
            string rows = i == 0 ? pair.SinceNew.RowCount.ToString("N0", CultureInfo.InvariantCulture) : "";
            return $"| {(i == 0 ? Name(pair) : "")} | {rows} | {figure.Name} | {EffectText.Of(all)} | {Text(all.Level)} | {EffectText.Of(figure)} | {Text(figure.Level)} |";
        });

    private static string DecisionRow(PairMeasurement pair) =>
        $"| {Name(pair)} | {string.Join(", ", pair.Contract.Shifts.Select(Shift))} | {Text(pair.SinceAll.Level)} | {Text(pair.SinceNew.Level)} | **{pair.Finding.Verdict}** ({pair.Finding.Rule}) | {string.Join(' ', pair.Finding.Reasons)} |";

    private static string Name(PairMeasurement pair) => $"{pair.Before} → {pair.Now}";

    private static string Shift(DistributionShift shift) =>
        string.Create(CultureInfo.InvariantCulture, $"{shift.Name} {shift.PopulationStabilityIndex:.000}");

    private static string Text(DriftLevel level) => level.ToString().ToLowerInvariant();
}
