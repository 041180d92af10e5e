using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Turns a <see cref="ReleaseManifest"/> into the bytes of <c>release.json</c> and back. The file holds every member but
/// the digest, so that <c>sha256sum release.json</c> prints the digest that engineers sign.
/// </summary>
public static class ReleaseManifests
{
    /// <summary>Name of the file in a publication.</summary>
    public const string FileName = "release.json";

    /// <summary>Sorts the files by name and sets the digest.</summary>
    public static ReleaseManifest Seal(ReleaseManifest manifest)
    {
        ReleaseManifest sorted = manifest with { Files = [.. manifest.Files.OrderBy(file => file.Name, StringComparer.Ordinal)] };
        return sorted with { Digest = Sha256Digest.Of(ToBytes(sorted)) };
    }

    /// <summary>The bytes of <c>release.json</c>.</summary>
    public static byte[] ToBytes(ReleaseManifest manifest) => SealedDocuments.ToBytes(manifest);

    /// <summary>Reads <c>release.json</c> and sets the digest of the bytes read.</summary>
    /// <exception cref="MalformedEnvelopeException">The bytes are not the canonical form of a manifest.</exception>
    public static ReleaseManifest Parse(ReadOnlySpan<byte> bytes) =>
        SealedDocuments.Parse<ReleaseManifest>(bytes, FileName) with { Digest = Sha256Digest.Of(bytes) };

    /// <summary>Digest of the policy and the Enrolment in force: a change of either voids decisions made under the other.</summary>
    public static string PolicyDigest(ApprovalPolicy policy, Enrolment enrolment) =>
        Sha256Digest.Of(CanonicalJson.Of(new { Policy = policy, Enrolment = enrolment }));

    /// <summary>Digest of the canonical form of any record without fractions, such as a Blessing.</summary>
    public static string DigestOf<T>(T record) => Sha256Digest.Of(CanonicalJson.Of(record));
}
