using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// Holds what a ReleaseChannel's entry says against what was signed. Pure. The entry is not signed: whatever it says of the
/// Publication has to be what the signed files say, and the rest is believed only as far as docs/formats/channel.md tells.
/// </summary>
public static class VersionClaims
{
    /// <summary>What differs, with both sides; null when nothing does.</summary>
    public static string? Objection(ChannelEntry entry, SignedRelease signed)
    {
        (ReleaseManifest release, Publication proven) = (signed.Release, signed.Publication);
        (string Claim, string Found, string Expected, bool Holds)[] claims =
        [
            ("the release's model", release.Model, entry.Model, release.Model == entry.Model),
            ("the release's channel", release.Channel, entry.Channel, release.Channel == entry.Channel),
            ("the release's version", $"{release.ChannelVersion}", Versions(entry), IsVersion(entry, release)),
            ("the release's snapshot", release.Snapshot, entry.Snapshot, release.Snapshot == entry.Snapshot),
            ("the publication's directory", proven.Directory, entry.Publication.Directory, proven.Directory == entry.Publication.Directory),
            ("the release's digest", proven.ReleaseDigest, entry.Publication.ReleaseDigest, proven.ReleaseDigest == entry.Publication.ReleaseDigest),
            ("the root digest", proven.RootDigest, entry.Publication.RootDigest, proven.RootDigest == entry.Publication.RootDigest),
            ("the model's digest", proven.ModelDigest, entry.Publication.ModelDigest, proven.ModelDigest == entry.Publication.ModelDigest),
        ];
        string[] wrong = [.. claims.Where(claim => !claim.Holds)
            .Select(claim => $"{claim.Claim} is {PlainName.Describe(claim.Found)}, expected {PlainName.Describe(claim.Expected)}, as the channel's entry says")];
        return wrong is [] ? null : string.Join("; ", wrong);
    }

    // A Promotion makes the version that engineers signed. A Rollback makes a higher one, for a release that was live before.
    private static bool IsVersion(ChannelEntry entry, ReleaseManifest release) => entry.Move switch
    {
        ChannelMove.Promotion => release.ChannelVersion == entry.Version,
        ChannelMove.Rollback => release.ChannelVersion < entry.Version,
        _ => false,
    };

    private static string Versions(ChannelEntry entry) => entry.Move == ChannelMove.Rollback ? $"one below {entry.Version}" : $"{entry.Version}";
}
