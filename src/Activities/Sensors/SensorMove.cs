using Lifecycle.Domain.Sensors;

namespace Lifecycle.Activities.Sensors;

/// <summary>How a look moves a sensor's record on. Pure.</summary>
internal static class SensorMove
{
    /// <summary>The next record: content that the record does not know is claimed; content that vanished is not forgotten.</summary>
    /// <param name="current">The record as it stands.</param>
    /// <param name="content">What was found; null when it may be half-written.</param>
    /// <param name="now">The moment.</param>
    /// <param name="run">Run that claims what is new; empty when it is only remembered.</param>
    /// <param name="freshness">The model definition's bound.</param>
    public static SensorRecord Of(SensorRecord current, SensorContent? content, DateTimeOffset now, string run, TimeSpan? freshness)
    {
        SensorRecord checkedNow = current with { CheckedAt = now, Freshness = freshness };
        SensorRecord moved = content is null or { Digest: "" } ? checkedNow
            : content.Digest == current.Digest ? checkedNow with { Fingerprint = content.Fingerprint, ChangedAt = content.ChangedAt }
            : checkedNow with
            {
                PreviousDigest = current.Digest,
                Digest = content.Digest,
                Fingerprint = content.Fingerprint,
                ChangedAt = content.ChangedAt,
                ClaimedBy = run,
            };
        return moved with { IsStale = moved.IsStaleAt(now) };
    }
}
