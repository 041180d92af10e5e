using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.Domain.Releases;

/// <summary>From where to where a rollback goes, or why it cannot.</summary>
/// <param name="From">The live version.</param>
/// <param name="To">The earlier version; null when there is none that fits.</param>
/// <param name="Objection">Why there is none; empty otherwise.</param>
public sealed record RollbackTarget(ChannelEntry From, ChannelEntry? To, string Objection)
{
    /// <summary>
    /// Chooses from a ReleaseChannel's history, oldest version first. Without a wish it is the Publication that was live
    /// before the live one first was: never one that was itself rolled back from later on, and never a cold start, which somebody
    /// has to ask for by its version.
    /// </summary>
    /// <param name="history">Every version, at least one.</param>
    /// <param name="request">What is asked for.</param>
    public static RollbackTarget Choose(ImmutableArray<ChannelEntry> history, RollbackRequest request)
    {
        ChannelEntry live = history[^1];
        if (request.FromVersion is { } expected && expected != live.Version)
        {
            return new(live, null, $"version {live.Version} is live, the rollback was asked for version {expected}: look at the channel as it is now");
        }

        return request.ToVersion is { } wished ? Wished(history, live, wished) : Before(history, live);
    }

    private static RollbackTarget Wished(ImmutableArray<ChannelEntry> history, ChannelEntry live, long version)
    {
        ChannelEntry? wished = history.FirstOrDefault(entry => entry.Version == version);
        return wished switch
        {
            null => new(live, null, $"there is no version {version}, expected 1 to {live.Version - 1}"),
            _ when SamePublication(wished, live) => new(live, null, $"the publication of version {version} is live already, as version {live.Version}"),
            _ => new(live, wished, ""),
        };
    }

    private static RollbackTarget Before(ImmutableArray<ChannelEntry> history, ChannelEntry live)
    {
        ChannelEntry? before = history.TakeWhile(entry => !SamePublication(entry, live)).LastOrDefault(entry => entry.Origin is not ReferenceOrigin);
        return before is not null
            ? new(live, before, "")
            : new(live, null, $"no other measured publication was live before version {live.Version}: there is nothing to roll back to");
    }

    private static bool SamePublication(ChannelEntry one, ChannelEntry other) =>
        one.Publication.ReleaseDigest == other.Publication.ReleaseDigest;
}
