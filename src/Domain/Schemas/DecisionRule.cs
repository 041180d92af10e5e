using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Schemas;

/// <summary>
/// What a probability of two classes decides: from a threshold on, or from where the two mistakes cost the same (Elkan 2001), it decides for
/// the positive class. One of the two is named. It travels in the graph's metadata, so whoever has the file can decide.
/// </summary>
public sealed record DecisionRule
{
    /// <summary>Least probability that decides for the positive class; null where the costs say it.</summary>
    public double? Threshold { get; init; }

    /// <summary>What mistakes cost; null where a threshold is named.</summary>
    public MistakeCosts? Costs { get; init; }

    /// <summary>Least probability that decides for the positive class; a half where neither is named.</summary>
    [JsonIgnore]
    public double From => Threshold ?? Costs?.Threshold ?? 0.5;

    /// <summary>Whether a probability decides for the positive class.</summary>
    public bool IsPositive(float probability) => probability >= (float)From;
}

/// <summary>What one wrong decision costs, in any one unit.</summary>
public sealed record MistakeCosts
{
    /// <summary>Deciding for the positive class where the other is true.</summary>
    public double FalsePositive { get; init; } = 1;

    /// <summary>Deciding for the other class where the positive one is true.</summary>
    public double FalseNegative { get; init; } = 1;

    internal double Threshold => FalsePositive / (FalsePositive + FalseNegative);
}
