using Lifecycle.Domain.Releases;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Answer to a counted decision.</summary>
/// <param name="Engineer">Who decided.</param>
/// <param name="Decision">What.</param>
/// <param name="ApprovalCount">Approvals counted so far.</param>
/// <param name="ReleaseDigest">The release it was about.</param>
public sealed record DecisionReceipt(string Engineer, DecisionKind Decision, int ApprovalCount, string ReleaseDigest);
