using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain;
using Lifecycle.Domain.Sensors;

namespace Lifecycle.Activities.Sensors;

/// <summary>
/// Which signed posts a sensor has taken, kept in its record for as long as their signatures are believed: played back within that time,
/// also by way of another post and after a restart, a post is known; later its signature is too old. Pure.
/// </summary>
internal static class SensorPosts
{
    /// <summary>How long a post is kept after its signing: longer than a receiver believes it, whose clock may be a little behind ours.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    /// <summary>Most posts of one sensor in that time: beyond, the record would outgrow its bound.</summary>
    public const int MostPosts = 200;

    /// <summary>Whether another run took this very post.</summary>
    public static bool IsKnown(SensorRecord? record, DataArrival arrival, string run) =>
        arrival.SignedAt is not null && record is not null && record.Posts.Any(post => post.Id == IdOf(arrival) && post.TakenBy != run);

    /// <summary>The posts with this one.</summary>
    /// <exception cref="InvalidRequestException">The sensor has taken too many of late.</exception>
    public static ImmutableArray<SensorPost> With(ImmutableArray<SensorPost> posts, DataArrival arrival, string run, DateTimeOffset now)
    {
        ImmutableArray<SensorPost> fresh = [.. posts.Where(post => now - post.SignedAt <= Memory)];
        if (arrival.SignedAt is not { } signedAt || fresh.Any(post => post.Id == IdOf(arrival)))
        {
            return fresh;
        }

        return fresh.Length < MostPosts
            ? fresh.Add(new SensorPost(IdOf(arrival), signedAt, run))
            : throw new InvalidRequestException($"sensor '{arrival.Sensor}' took {MostPosts} posts in {Memory.TotalMinutes:0} minutes; post once for each delivery of data, and this one again later");
    }

    private static string IdOf(DataArrival arrival) => Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{arrival.SignedAt?.ToUnixTimeSeconds()}\n{arrival.Digest}\n{arrival.Snapshot}")))[..32];
}
