namespace Lifecycle.Statistics.Distances;

/// <summary>
/// Sample of numbers as its empirical distribution function: the distinct finite values, how many values are at or below
/// each, and how many are infinite or not numbers. In the order of the distribution NaN comes last, behind +∞, so that a
/// test over all values also sees numbers that turned into none.
/// </summary>
/// <remarks>A view of memory that the caller owns: it holds as long as that memory is left alone.</remarks>
public sealed class EmpiricalDistribution
{
    private readonly ReadOnlyMemory<double> values;
    private readonly ReadOnlyMemory<int> steps;

    private EmpiricalDistribution(ReadOnlyMemory<double> values, ReadOnlyMemory<int> steps, int skipped = 0) =>
        (this.values, this.steps, Skipped) = (values, steps, skipped);

    /// <summary>Distinct finite values, increasing.</summary>
    public ReadOnlySpan<double> Values => values.Span;

    /// <summary>Number of finite values.</summary>
    public int FiniteCount => steps.IsEmpty ? 0 : steps.Span[^1] - Skipped;

    /// <summary>Values that are −∞.</summary>
    public int NegativeInfinityCount { get; init; }

    /// <summary>Values that are +∞.</summary>
    public int PositiveInfinityCount { get; init; }

    /// <summary>Values that are NaN.</summary>
    public int NotANumberCount { get; init; }

    /// <summary>Infinities of either sign.</summary>
    public int InfiniteCount => NegativeInfinityCount + PositiveInfinityCount;

    /// <summary>All values.</summary>
    public int Count => FiniteCount + InfiniteCount + NotANumberCount;

    /// <summary>For each of <see cref="Values"/>, how many finite values are at or below it, and <see cref="Skipped"/> more.</summary>
    internal ReadOnlySpan<int> Steps => steps.Span;

    /// <summary>Values that were before the first one in the memory that this is a view of.</summary>
    internal int Skipped { get; }

    /// <summary>The distribution of values in any order, which are left as they are.</summary>
    public static EmpiricalDistribution Of(ReadOnlySpan<double> values)
    {
        double[] finite = new double[values.Length];
        int count = 0;
        int below = 0;
        int above = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                finite[count++] = value;
            }
            else
            {
                below += double.IsNegativeInfinity(value) ? 1 : 0;
                above += double.IsPositiveInfinity(value) ? 1 : 0;
            }
        }

        DoubleSort.Sort(finite.AsSpan(0, count), new double[count]);
        return Compress(finite.AsMemory(0, count), new int[count], below, above, values.Length - count - below - above);
    }

    /// <summary>The distribution of sorted finite values, without a copy: <paramref name="sorted"/> is compressed in place to its distinct values.</summary>
    /// <param name="sorted">Finite values in increasing order; overwritten.</param>
    /// <param name="counts">Room for as many counts; overwritten.</param>
    /// <param name="negativeInfinities">Values beside them that are −∞.</param>
    /// <param name="positiveInfinities">Values beside them that are +∞.</param>
    /// <param name="notNumbers">Values beside them that are NaN.</param>
    public static EmpiricalDistribution Compress(
        Memory<double> sorted, Memory<int> counts, int negativeInfinities = 0, int positiveInfinities = 0, int notNumbers = 0)
    {
        Span<double> from = sorted.Span;
        Span<int> to = counts.Span;
        int distinct = 0;
        for (int i = 0; i < from.Length; i++)
        {
            if (i + 1 == from.Length || from[i + 1] != from[i])
            {
                from[distinct] = from[i];
                to[distinct++] = i + 1;
            }
        }

        return new EmpiricalDistribution(sorted[..distinct], counts[..distinct])
        {
            NegativeInfinityCount = negativeInfinities,
            PositiveInfinityCount = positiveInfinities,
            NotANumberCount = notNumbers,
        };
    }

    /// <summary>How many finite values are at or below <paramref name="value"/>.</summary>
    public int CountAtOrBelow(double value)
    {
        int found = Values.BinarySearch(value);
        int below = found >= 0 ? found + 1 : ~found;
        return below == 0 ? 0 : Steps[below - 1] - Skipped;
    }

    /// <summary>How many finite values equal <paramref name="value"/>.</summary>
    public int CountOf(double value)
    {
        int found = Values.BinarySearch(value);
        return found < 0 ? 0 : CountAt(found);
    }

    /// <summary>How many values equal the distinct value at <paramref name="index"/>.</summary>
    public int CountAt(int index) => Steps[index] - (index == 0 ? Skipped : Steps[index - 1]);

    /// <summary>The finite value of a rank, counted from 1: an order statistic, never interpolated.</summary>
    public double AtRank(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, FiniteCount);
        int found = Steps.BinarySearch(rank + Skipped);
        return Values[found >= 0 ? found : ~found];
    }

    /// <summary>Standard deviation of the finite values (divided by their number); NaN without any.</summary>
    /// <param name="scale">Applied to each value first; null leaves it.</param>
    public double StandardDeviation(Func<double, double>? scale = null)
    {
        double mean = Mean(scale, centre: 0, power: 1);
        return Math.Sqrt(Mean(scale, mean, power: 2));
    }

    /// <summary>The same sample without its zeros: a view of the same memory, or a copy if some values are negative.</summary>
    public EmpiricalDistribution WithoutZeros()
    {
        int zero = Values.BinarySearch(0.0);
        return zero switch
        {
            < 0 => this,
            0 => LikeThis(new EmpiricalDistribution(values[1..], steps[1..], Steps[0])),
            _ => CopyWithout(zero),
        };
    }

    private EmpiricalDistribution CopyWithout(int index)
    {
        int left = CountAt(index);
        int[] counts = [.. Steps[..index], .. Steps[(index + 1)..]];
        foreach (ref int count in counts.AsSpan(index))
        {
            count -= left;
        }

        return LikeThis(new EmpiricalDistribution((double[])[.. Values[..index], .. Values[(index + 1)..]], counts, Skipped));
    }

    private EmpiricalDistribution LikeThis(EmpiricalDistribution finite) => new(finite.values, finite.steps, finite.Skipped)
    {
        NegativeInfinityCount = NegativeInfinityCount,
        PositiveInfinityCount = PositiveInfinityCount,
        NotANumberCount = NotANumberCount,
    };

    private double Mean(Func<double, double>? scale, double centre, int power)
    {
        ReadOnlySpan<double> distinct = Values;
        ReadOnlySpan<int> below = Steps;
        double sum = 0;
        int before = Skipped;
        for (int i = 0; i < distinct.Length; i++)
        {
            double deviation = (scale is null ? distinct[i] : scale(distinct[i])) - centre;
            sum += (power == 1 ? deviation : deviation * deviation) * (below[i] - before);
            before = below[i];
        }

        return sum / FiniteCount;
    }
}
