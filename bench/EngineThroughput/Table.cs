using System.Globalization;
using System.Text;

namespace Lifecycle.EngineThroughput;

/// <summary>The measurements as a Markdown table, with the ratio of each to the first.</summary>
internal static class Table
{
    public static string Of(IReadOnlyList<Measurement> rows)
    {
        var text = new StringBuilder("| server | latency p50, ms | p99, ms | rate, workflows/s | p50 against the first | rate against the first |\n|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Server} | {row.P50Milliseconds:F1} | {row.P99Milliseconds:F1} | {row.PerSecond:F0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.P50Milliseconds / rows[0].P50Milliseconds:F2} | {row.PerSecond / rows[0].PerSecond:F2} |");
        }

        return text.ToString();
    }
}
