using System.Collections.Immutable;

namespace Lifecycle.Domain.Releases;

/// <summary>A decision that release engineers are waited for.</summary>
public sealed record PendingDecision
{
    /// <summary>What would move the ReleaseChannel.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The ReleaseChannel that would move.</summary>
    public required string Channel { get; init; }

    /// <summary>The version that the ReleaseChannel would have then.</summary>
    public required long ChannelVersion { get; init; }

    /// <summary>Digest of what is decided about.</summary>
    public required string SubjectDigest { get; init; }

    /// <summary>Who asked for it first.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Whether a signature proves that.</summary>
    public required bool IsRequesterVerified { get; init; }

    /// <summary>Engineers who may reject but not approve, because they asked; sorted.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends without a decision.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How many different engineers must approve.</summary>
    public required int Required { get; init; }

    /// <summary>Engineers whose Approvals count so far, sorted.</summary>
    public ImmutableArray<string> ApprovedBy { get; init; } = [];
}
