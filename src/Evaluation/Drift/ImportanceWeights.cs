using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Evaluation.Drift;

/// <summary>A Holdout row with its weight.</summary>
/// <param name="Row">Its number in the Holdout.</param>
/// <param name="Weight">How much more often such rows occur in the window, clipped.</param>
public readonly record struct ImportanceWeight(int Row, double Weight);

/// <summary>
/// Weights that make the Holdout look like the window: the odds of a domain classifier's out-of-fold scores, corrected for the
/// sizes of the sides, estimate the ratio of densities (Bickel, Brückner and Scheffer 2009). They are clipped at their 99th
/// percentile, which trades a little bias for much variance (Ionides 2008).
/// </summary>
public sealed record ImportanceWeights
{
    /// <summary>Effective rows below this share of the rows make the weights unreliable.</summary>
    public const double MinimumEffectiveShare = 0.1;

    /// <summary>More of the window's mass than this off the baseline's support makes them unreliable.</summary>
    public const double MaximumOffSupportShare = 0.05;

    /// <summary>A region with at most this share of the baseline counts as off its support.</summary>
    public const double NegligibleShare = 0.001;

    private const double ClipQuantile = 0.99;

    /// <summary>The weights of the Holdout rows that took part.</summary>
    public required ImmutableArray<ImportanceWeight> Rows { get; init; }

    /// <summary>Where they were clipped.</summary>
    public required double ClippedAt { get; init; }

    /// <summary>Kish's effective sample size, <c>(Σw)² / Σw²</c>, in rows.</summary>
    public required double EffectiveRowCount { get; init; }

    /// <summary>
    /// The window's mass off the baseline's support: the most that any region holds which has at most <see cref="NegligibleShare"/>
    /// of the baseline. By the lemma of Neyman and Pearson (1933) that region lies above a threshold of the score, so this is the
    /// height of the ROC curve there; where nothing drifted it is <see cref="NegligibleShare"/> itself.
    /// </summary>
    public required double OffSupportShare { get; init; }

    /// <summary>Why they cannot be relied on; null when they can.</summary>
    public string? Inconclusive
    {
        get
        {
            double share = EffectiveRowCount / Rows.Length;
            return (share < MinimumEffectiveShare, OffSupportShare > MaximumOffSupportShare) switch
            {
                (true, _) => string.Create(CultureInfo.InvariantCulture, $"the weights rest on {EffectiveRowCount:N0} effective of {Rows.Length:N0} rows ({share:0.0%}), fewer than {MinimumEffectiveShare:0%}"),
                (_, true) => OffSupport,
                _ => null,
            };
        }
    }

    internal string OffSupport => string.Create(
        CultureInfo.InvariantCulture,
        $"{OffSupportShare:0.0%} of the window lies where the baseline has next to no rows, more than {MaximumOffSupportShare:0%}");

    /// <summary>The weights of Holdout rows.</summary>
    /// <param name="holdoutRows">Numbers of the Holdout rows that the classifier took as baseline.</param>
    /// <param name="holdoutScores">Their out-of-fold probabilities of being of the window, inside (0, 1).</param>
    /// <param name="windowScores">The window rows' probabilities.</param>
    /// <exception cref="ArgumentException">A side is empty, there is not one score for each Holdout row, or a score is not inside (0, 1).</exception>
    public static ImportanceWeights Of(ReadOnlySpan<int> holdoutRows, ReadOnlySpan<double> holdoutScores, ReadOnlySpan<double> windowScores)
    {
        Demand(holdoutRows, holdoutScores, windowScores);
        double correction = (double)holdoutScores.Length / windowScores.Length;
        double[] weights = [.. holdoutScores.ToArray().Select(score => correction * score / (1 - score))];
        double clip = weights.Order().ElementAt((int)(ClipQuantile * (weights.Length - 1)));
        ImmutableArray<ImportanceWeight>.Builder rows = ImmutableArray.CreateBuilder<ImportanceWeight>(weights.Length);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = Math.Min(weights[i], clip);
            rows.Add(new ImportanceWeight(holdoutRows[i], weight));
            sum += weight;
            squares += weight * weight;
        }

        return new ImportanceWeights
        {
            Rows = rows.MoveToImmutable(),
            ClippedAt = clip,
            EffectiveRowCount = sum * sum / squares,
            OffSupportShare = OffSupportShareOf(holdoutScores, windowScores),
        };
    }

    private static double OffSupportShareOf(ReadOnlySpan<double> holdout, ReadOnlySpan<double> window)
    {
        double threshold = holdout.ToArray().OrderDescending().ElementAt((int)(NegligibleShare * holdout.Length));
        return (double)window.ToArray().Count(score => score > threshold) / window.Length;
    }

    private static void Demand(ReadOnlySpan<int> rows, ReadOnlySpan<double> holdout, ReadOnlySpan<double> window)
    {
        if (holdout.IsEmpty || window.IsEmpty || rows.Length != holdout.Length)
        {
            throw new ArgumentException($"there are {holdout.Length} scores for {rows.Length} Holdout rows, and {window.Length} of the window; expected one for each row, and some on either side");
        }

        foreach (double score in (double[])[.. holdout, .. window])
        {
            if (score is not (> 0 and < 1))
            {
                throw new ArgumentException($"a score of the domain classifier is {score}; expected a probability inside (0, 1)");
            }
        }
    }
}
