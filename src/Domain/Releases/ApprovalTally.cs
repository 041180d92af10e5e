using System.Collections.Immutable;

namespace Lifecycle.Domain.Releases;

/// <summary>Where a release's decisions stand at a point in time.</summary>
/// <param name="ApprovedBy">Engineers whose Approvals count, sorted by id.</param>
/// <param name="Threshold">How many are needed.</param>
/// <param name="Rejection">The Rejection that ends it; null when there is none.</param>
/// <param name="Uncounted">Approvals that were accepted once and no longer count, with their reasons.</param>
public sealed record ApprovalTally(
    ImmutableArray<string> ApprovedBy,
    int Threshold,
    SignedDecision? Rejection,
    ImmutableArray<DecisionRefusal> Uncounted)
{
    /// <summary>Whether the release may be published. A single Rejection forbids it.</summary>
    public bool IsApproved => Rejection is null && Threshold > 0 && ApprovedBy.Length >= Threshold;

    /// <summary>The tally as a sentence.</summary>
    public string Sentence => Rejection is { Statement: var rejection }
        ? $"rejected by {rejection.Engineer}: {rejection.Reason}"
        : $"{ApprovedBy.Length} of {Threshold} approvals"
            + (ApprovedBy.IsEmpty ? "" : $" ({string.Join(", ", ApprovedBy)})")
            + string.Concat(Uncounted.Select(refusal => $"; {refusal.Sentence}"));
}
