using System.Collections.Immutable;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>What is drawn of predictions that are numbers.</summary>
internal static class NumberCurves
{
    private const int HexagonsAcross = 24;
    private const int MostSums = 200;

    private static readonly double[] Levels = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Quantiles of the errors by bin of the prediction.</summary>
    public static ImmutableArray<ResidualBin> Residuals(NumberRows rows, IEnumerable<Range> bins) => [.. bins.Select(bin =>
    {
        int[] members = rows.Sorted[bin];
        double[] errors = Array.ConvertAll(members, row => rows.Labels[row] - rows.Predictions[row]);
        double[] weights = Array.ConvertAll(members, row => rows.Weights[row]);
        double[] quantiles = [.. Levels.Select(level => WeightedQuantile.Of(errors, weights, level))];
        return new ResidualBin(
            members.Sum(row => rows.Weights[row] * rows.Predictions[row]) / weights.Sum(), quantiles[0], quantiles[1], quantiles[2], quantiles[3], quantiles[4]);
    })];

    /// <summary>The sums, evenly chosen where there are many.</summary>
    public static ImmutableArray<SumPoint> Sums(IReadOnlyList<(double Predicted, double Seen)> sums) =>
    [
        .. Enumerable.Range(0, Math.Min(MostSums, sums.Count)).Select(i => sums[(int)((long)i * sums.Count / Math.Min(MostSums, sums.Count))])
            .Select(sum => new SumPoint(sum.Predicted, sum.Seen)),
    ];

    /// <summary>Pairs of prediction and label in hexagons (Carr et al. 1987) over the middle 98% of both.</summary>
    public static ImmutableArray<HexagonCell> Hexagons(NumberRows rows)
    {
        (double fromPrediction, double toPrediction) = Middle(rows.Sorted, row => rows.Predictions[row]);
        (double fromLabel, double toLabel) = Middle(Order.Of(rows.Labels), row => rows.Labels[row]);
        double from = Math.Min(fromPrediction, fromLabel);
        double width = Math.Max(Math.Max(toPrediction, toLabel) - from, 1e-9);
        SortedDictionary<(int Column, int Row), int> cells = [];
        for (int i = 0; i < rows.Count; i++)
        {
            (int, int) cell = CellOf(HexagonsAcross * (rows.Predictions[i] - from) / width, HexagonsAcross * (rows.Labels[i] - from) / width);
            cells[cell] = cells.GetValueOrDefault(cell) + 1;
        }

        return
        [
            .. cells.Select(cell => new HexagonCell(
                from + (width * cell.Key.Column / (2.0 * HexagonsAcross)), from + (width * cell.Key.Row * Math.Sqrt(3) / (2 * HexagonsAcross)), cell.Value)),
        ];
    }

    // Two lattices of rectangles, the one shifted by half a cell: the nearer middle wins. Columns and rows count in half cells.
    private static (int Column, int Row) CellOf(double x, double y)
    {
        x = Math.Clamp(x, 0, HexagonsAcross);
        y = Math.Clamp(y, 0, HexagonsAcross) / Math.Sqrt(3);
        (double evenX, double evenY) = (Math.Round(x), Math.Round(y));
        (double oddX, double oddY) = (Math.Floor(x) + 0.5, Math.Floor(y) + 0.5);
        bool isEven = Distance(x - evenX, y - evenY) <= Distance(x - oddX, y - oddY);
        return isEven ? ((int)(2 * evenX), (int)(2 * evenY)) : ((int)(2 * oddX), (int)(2 * oddY));
    }

    private static double Distance(double x, double y) => (x * x) + (3 * y * y);

    private static (double From, double To) Middle(int[] sorted, Func<int, double> value) =>
        (value(sorted[(int)(0.01 * (sorted.Length - 1))]), value(sorted[(int)Math.Ceiling(0.99 * (sorted.Length - 1))]));
}
