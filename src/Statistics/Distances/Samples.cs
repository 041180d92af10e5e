namespace Lifecycle.Statistics.Distances;

/// <summary>Two samples of numbers, sorted and walked through together: at each distinct value, the share of either at or below it.</summary>
internal sealed class Samples
{
    private readonly double[] first;
    private readonly double[] second;

    public Samples(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        this.first = Sorted(first, nameof(first));
        this.second = Sorted(second, nameof(second));
    }

    /// <summary>Sizes of the samples.</summary>
    public (int First, int Second) Sizes => (first.Length, second.Length);

    /// <summary>Each distinct value, in increasing order, with how many of either sample are at or below it.</summary>
    public IEnumerable<(double Value, int First, int Second)> Steps()
    {
        int i = 0;
        int j = 0;
        while (i < first.Length || j < second.Length)
        {
            double value = j == second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            while (i < first.Length && first[i] == value)
            {
                i++;
            }

            while (j < second.Length && second[j] == value)
            {
                j++;
            }

            yield return (value, i, j);
        }
    }

    private static double[] Sorted(ReadOnlySpan<double> values, string side)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted.Length > 0 && double.IsFinite(sorted[0]) && double.IsFinite(sorted[^1])
            ? sorted
            : throw new ArgumentException($"the {side} sample is empty or holds NaN or an infinity; count those apart", side);
    }
}
