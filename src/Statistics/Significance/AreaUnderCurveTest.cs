using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Statistics.Significance;

/// <summary>
/// Whether scores tell two groups of rows apart: the area under the ROC curve, which is the Mann–Whitney statistic scaled to
/// 0 … 1 and .5 when they do not, with a permutation p-value.
/// </summary>
public static class AreaUnderCurveTest
{
    /// <summary>The area: the chance that a row of the second group scores higher than one of the first, ties counted half.</summary>
    /// <exception cref="ArgumentException">Lengths differ, a group is empty, or a score is NaN.</exception>
    public static double AreaOf(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isSecond)
    {
        (double[] ranks, int second) = Ranked(scores, isSecond);
        double sum = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            sum += isSecond[i] ? ranks[i] : 0;
        }

        return Area(sum, second, ranks.Length);
    }

    /// <summary>
    /// The area and the chance of one at least as large when the groups are drawn at random, <c>(k + 1) / (B + 1)</c>,
    /// never zero (Phipson and Smyth 2010). One-sided: an area below .5 tells no groups apart.
    /// </summary>
    /// <param name="scores">Scores of the rows, by a model that did not see the row with its group (cross-fitted).</param>
    /// <param name="isSecond">The rows' groups.</param>
    /// <param name="permutations">Number of random groupings B.</param>
    /// <param name="seed">Seed of the groupings.</param>
    /// <exception cref="ArgumentException">Lengths differ, a group is empty, or a score is NaN.</exception>
    public static SignificanceTest Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isSecond, int permutations, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        double observed = AreaOf(scores, isSecond);
        (double[] ranks, int second) = Ranked(scores, isSecond);
        SplitMix64 root = new((ulong)seed);
        int atLeast = 0;
        for (int permutation = 0; permutation < permutations; permutation++)
        {
            atLeast += Area(SumOfDrawn(ranks, second, root.Split((ulong)permutation)), second, ranks.Length) >= observed ? 1 : 0;
        }

        return new SignificanceTest(observed, PValue(atLeast, permutations));
    }

    /// <summary>p-value of a statistic that <paramref name="atLeast"/> of <paramref name="permutations"/> random ones reached.</summary>
    public static double PValue(int atLeast, int permutations) => (atLeast + 1.0) / (permutations + 1);

    /// <summary>Draws ranks without replacement (Fisher–Yates, stopped early; the order of what remains does not matter).</summary>
    private static double SumOfDrawn(double[] ranks, int count, SplitMix64 random)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            int drawn = i + (int)Math.BigMul(random.At((ulong)i), (ulong)(ranks.Length - i), out _);
            (ranks[i], ranks[drawn]) = (ranks[drawn], ranks[i]);
            sum += ranks[i];
        }

        return sum;
    }

    private static double Area(double rankSum, int second, int count) =>
        (rankSum - (second * (second + 1.0) / 2)) / ((double)second * (count - second));

    private static (double[] Ranks, int Second) Ranked(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isSecond)
    {
        if (scores.Length != isSecond.Length)
        {
            throw new ArgumentException($"there are {scores.Length} scores and {isSecond.Length} groups; each row needs both", nameof(isSecond));
        }

        int second = isSecond.Count(true);
        double[] sorted = [.. scores];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        if (second == 0 || second == sorted.Length || double.IsNaN(sorted[0]))
        {
            throw new ArgumentException($"{second} of {sorted.Length} rows are of the second group, or a score is NaN; expected rows of both, with numbers", nameof(scores));
        }

        return (MiddleRanks(sorted, order), second);
    }

    private static double[] MiddleRanks(double[] sorted, int[] order)
    {
        double[] ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
