using System.Collections.Immutable;

namespace Lifecycle.Domain.Releases;

/// <summary>Where a release's decisions stand at a point in time.</summary>
/// <param name="Counted">The Approvals that count, in the order they were accepted.</param>
/// <param name="Threshold">How many are needed.</param>
/// <param name="Rejection">The Rejection that ends it; null when there is none.</param>
/// <param name="Uncounted">Approvals that were accepted once and no longer count, with their reasons.</param>
public sealed record ApprovalTally(
    ImmutableArray<SignedDecision> Counted,
    int Threshold,
    SignedDecision? Rejection,
    ImmutableArray<DecisionRefusal> Uncounted)
{
    /// <summary>Engineers whose Approvals count, sorted by id.</summary>
    public ImmutableArray<string> ApprovedBy =>
        [.. Counted.Select(decision => decision.Statement.Engineer).Order(StringComparer.Ordinal)];

    /// <summary>Whether the release may be published. A single Rejection forbids it.</summary>
    public bool IsApproved => Rejection is null && Threshold > 0 && ApprovedBy.Length >= Threshold;

    /// <summary>The tally as a sentence.</summary>
    public string Sentence => Rejection is { Statement: var rejection }
        ? $"rejected by {rejection.Engineer}: {rejection.Reason}"
        : $"{ApprovedBy.Length} of {Threshold} approvals"
            + (ApprovedBy.IsEmpty ? "" : $" ({string.Join(", ", ApprovedBy)})")
            + string.Concat(Uncounted.Select(refusal => $"; {refusal.Sentence}"));
}
