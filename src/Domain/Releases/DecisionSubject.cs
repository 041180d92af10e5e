using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Releases;

/// <summary>
/// What release engineers decide about: a sealed document that would move a ReleaseChannel to its next version. A signed
/// decision repeats every member here, so that it counts for this document and for no other.
/// </summary>
public abstract record DecisionSubject
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The ReleaseChannel that would move.</summary>
    public required string Channel { get; init; }

    /// <summary>The version the ReleaseChannel would have then.</summary>
    public required long ChannelVersion { get; init; }

    /// <summary>Digest of the ApprovalPolicy and Enrolment in force.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The workflow that made it, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public required string InvocationId { get; init; }

    /// <summary>Who asked for it. May not approve it where <see cref="IsRequesterVerified"/>; a name alone excludes nobody.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>
    /// Digest of the signed request, <c>request.json</c>; empty where nobody signed. Null, and left out of the file, in what was sealed
    /// before requests could be signed: there the name alone excludes.
    /// </summary>
    public string? RequestDigest { get; init; }

    /// <summary>Whether an enrolled engineer's signature proves who asked.</summary>
    [JsonIgnore]
    public bool IsRequesterVerified => RequestDigest is { Length: > 0 };

    /// <summary>Lowercase hexadecimal SHA-256 over the canonical JSON of the other members.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Digest of what speaks for it: a release's Blessing, a rollback's evidence; empty where there is none.</summary>
    [JsonIgnore]
    public abstract string GroundsDigest { get; }
}
