using Lifecycle.Evaluation.Rows;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Activities.Stages;

/// <summary>The Champion on a Challenger's Holdout.</summary>
/// <param name="Scored">Its answers; null where it cannot be asked.</param>
/// <param name="Mismatch">Why it cannot; null where it can.</param>
internal sealed record MeasuredChampion(ScoredModel? Scored, string? Mismatch)
{
    /// <summary>Asks it, if it reads what the rows have and answers what they are labelled with.</summary>
    public static MeasuredChampion Of(OnnxScorer scorer, string digest, MeasuredAnswers measured) => measured.Mismatch(scorer) is { } mismatch
        ? new(null, mismatch)
        : new(measured.Of(scorer, digest), null);
}
