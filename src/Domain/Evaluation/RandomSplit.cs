using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// A second model of the same DataSnapshot, trained and judged on rows that were split at random instead of by time. It is for the report
/// alone, beside the figures that decide; the gate does not look at it. On random rows a model may lean on what it will not know in service,
/// such as the hour's other rows, so the difference is what a random split would have promised too much.
/// </summary>
public sealed record RandomSplit
{
    /// <summary>Rows trained on.</summary>
    public long TrainingRows { get; init; }

    /// <summary>Rows judged on.</summary>
    public long HoldoutRows { get; init; }

    /// <summary>The second model's measurements; null where it could not be made.</summary>
    public ModelMetrics? Challenger { get; init; }

    /// <summary>The ReferenceModel's on the same rows, fitted on the other ones.</summary>
    public ModelMetrics? Reference { get; init; }

    /// <summary>Why it could not be made, in a sentence; null where it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Both splits in a sentence.</summary>
    /// <param name="report">The evaluation on the split by time.</param>
    /// <param name="slice">The slice that decides.</param>
    public string Sentence(EvaluationReport report, string slice)
    {
        if (Failure is { } failure)
        {
            return $"The rows could not be split at random for comparison: {failure}";
        }

        return (Pair(report.Challenger, report.Reference, slice), Pair(Challenger, Reference, slice)) is ({ } inTime, { } atRandom)
            ? Invariant($"Split by time, the {report.LossTitle} on '{slice}' is {inTime.Loss:0.0000}{Skill(inTime)}; split at random, it would have been {atRandom.Loss:0.0000}{Skill(atRandom)}. {Meaning(inTime, atRandom)}")
            : $"One of the two splits has no rows in slice '{slice}', so they cannot be compared there.";
    }

    private static (double Loss, double Other)? Pair(ModelMetrics? model, ModelMetrics? reference, string slice) =>
        model?.Slices.GetValueOrDefault(slice)?.Loss is { } loss && reference?.Slices.GetValueOrDefault(slice)?.Loss is { } other ? (loss, other) : null;

    private static double? SkillOf((double Loss, double Other) pair) => pair.Other > 0 ? 1 - (pair.Loss / pair.Other) : null;

    private static string Skill((double Loss, double Other) pair) => SkillOf(pair) is { } skill ? Invariant($" (skill {skill:0.0%} against the reference)") : "";

    private static string Meaning((double Loss, double Other) inTime, (double Loss, double Other) atRandom) => (SkillOf(inTime), SkillOf(atRandom)) switch
    {
        ({ } late, { } mixed) when mixed > late => Invariant($"A random split promises {100 * (mixed - late):0.0} points of skill that the model does not have on what comes later."),
        ({ } late, { } mixed) when mixed < late => Invariant($"A random split would have promised {100 * (late - mixed):0.0} points of skill less."),
        _ => "Both promise the same.",
    };
}
