using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Evaluation.Promotions;

/// <summary>
/// How the answers of two Champions to the same inputs are spread: numbers over quantile bins of the old one's, and by their means;
/// answers of several classes by the likeliest, and by the share of the class that changed most.
/// </summary>
/// <param name="Before">The old Champion's mean answer, or its share of the class.</param>
/// <param name="Now">The new one's.</param>
/// <param name="Expected">Rows of the old Champion by bin or class.</param>
/// <param name="Actual">Rows of the new one.</param>
/// <param name="Class">The class; null where answers are numbers.</param>
internal sealed record AnswerShift(double Before, double Now, ImmutableArray<long> Expected, ImmutableArray<long> Actual, string? Class)
{
    /// <summary>The shift between answers; at least one row.</summary>
    public static AnswerShift Of(Target target, Answers old, Answers now) => old.Width > 1 ? OfClasses(target, old, now) : OfNumbers(old, now);

    private static AnswerShift OfNumbers(Answers old, Answers now)
    {
        double[] before = [.. old.Values.Select(value => (double)value)];
        double[] after = [.. now.Values.Select(value => (double)value)];
        QuantileBins bins = QuantileBins.Of(before);
        return new AnswerShift(before.Average(), after.Average(), bins.CountOf(before), bins.CountOf(after), Class: null);
    }

    private static AnswerShift OfClasses(Target target, Answers old, Answers now)
    {
        (ImmutableArray<long> before, ImmutableArray<long> after) = (CountClasses(old), CountClasses(now));
        int most = Enumerable.Range(0, before.Length).MaxBy(position => Math.Abs(after[position] - before[position]));
        return new AnswerShift((double)before[most] / old.Count, (double)after[most] / now.Count, before, after, target.ClassNames[most]);
    }

    private static ImmutableArray<long> CountClasses(Answers answers)
    {
        long[] counts = new long[answers.Width];
        for (int row = 0; row < answers.Count; row++)
        {
            counts[Prediction.OfClasses.LikeliestOf(answers.Of(row))]++;
        }

        return [.. counts];
    }
}
