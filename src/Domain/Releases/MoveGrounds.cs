using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Releases;

/// <summary>Why a ReleaseChannel moved: who asked for this move, who approved it, and the reason given.</summary>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="IsVerified">Whether an enrolled engineer's signature proves that; a name alone proves nothing.</param>
/// <param name="ApprovedBy">Ids of the engineers whose Approvals of this move counted, sorted; empty when policy approved it beforehand.</param>
/// <param name="Reason">Why, as it was asked; may be empty.</param>
public sealed record MoveGrounds(string RequestedBy, bool IsVerified, ImmutableArray<string> ApprovedBy, string Reason)
{
    /// <summary>The requester for people: never a name without saying whether it is proven.</summary>
    [JsonIgnore]
    public string Requester => Describe(RequestedBy, IsVerified);

    /// <summary>A requester for people.</summary>
    public static string Describe(string requestedBy, bool isVerified) => $"{requestedBy} ({(isVerified ? "verified" : "unverified")})";
}
