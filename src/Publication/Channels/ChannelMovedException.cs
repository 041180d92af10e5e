using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Channels;

/// <summary>The ReleaseChannel is not where the entry expects it. Permanent: decide anew from where it is.</summary>
/// <param name="wanted">The entry that was to be made.</param>
/// <param name="current">Where the ReleaseChannel is; null when it is empty.</param>
public sealed class ChannelMovedException(ChannelEntry wanted, ChannelEntry? current) : Exception(
    $"Channel {wanted.Channel} of {wanted.Model} is at version {current?.Version ?? 0}"
    + (current is null ? "" : $" ({current.Publication.ReleaseDigest}, moved by {current.MovedBy})")
    + $", so that it cannot move to version {wanted.Version}: expected version {wanted.Version - 1} before it. Look at the channel and start anew.")
{
    /// <summary>Where the ReleaseChannel is; null when it is empty.</summary>
    public ChannelEntry? Current { get; } = current;
}
