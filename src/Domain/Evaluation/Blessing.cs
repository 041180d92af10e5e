using System.Collections.Immutable;

namespace Lifecycle.Domain.Evaluation;

/// <summary>The gate's machine verdict.</summary>
public enum BlessingVerdict
{
    /// <summary>Every rule holds; release engineers may decide.</summary>
    Blessed,

    /// <summary>A rule is broken.</summary>
    Refused,

    /// <summary>The evidence does not tell.</summary>
    Inconclusive,
}

/// <summary>One rule of the gate, what it found, and what it says.</summary>
/// <param name="Rule">The rule's name, such as <c>superior to champion</c>.</param>
/// <param name="Verdict">What this rule alone says.</param>
/// <param name="Sentence">The numbers and the reason, in words.</param>
public sealed record BlessingReason(string Rule, BlessingVerdict Verdict, string Sentence);

/// <summary>Result of stage Blessing: the verdict with every number that led there.</summary>
public sealed record Blessing(BlessingVerdict Verdict, ImmutableArray<BlessingReason> Reasons);
