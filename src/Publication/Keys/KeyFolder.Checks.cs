using System.Collections.Immutable;
using System.Runtime.Versioning;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Keys;

/// <content>What is held against each other before anybody relies on it.</content>
public sealed partial class KeyFolder
{
    private const UnixFileMode WritableByOthers = UnixFileMode.OtherWrite;

    /// <summary>Reads the trust root of a home that something is served from.</summary>
    /// <exception cref="InvalidKeyException">It is missing, malformed, wrong in itself, or anybody may write it.</exception>
    public TrustRoot RequireTrustRoot()
    {
        TrustRoot root = ReadTrustRoot();
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(EnrolmentPath) & WritableByOthers) == 0
            ? root
            : throw new InvalidKeyException($"{EnrolmentPath} can be written by anybody ({Mode(EnrolmentPath)}): make sure that it is still yours, then run `chmod 644 {EnrolmentPath}`.");
    }

    /// <summary>Holds the publisher's key against the trust root.</summary>
    /// <exception cref="InvalidKeyException">It is missing, readable by others, no key, or not the one of the trust root.</exception>
    public void RequirePublisher(TrustRoot root)
    {
        RequireFile(PublisherId);
        using SigningKey key = Open(PublisherId);
        RequireSame(key, root.PublisherKeyPem, "the trust root names the publisher");
    }

    /// <summary>What is wrong with the private keys of engineers that lie here, by path; nothing when all will do.</summary>
    public ImmutableArray<string> DefectsOfEngineers(TrustRoot? root)
    {
        ImmutableArray<string>.Builder defects = ImmutableArray.CreateBuilder<string>();
        foreach (string id in EngineersHere())
        {
            try
            {
                using SigningKey key = Open(id);
                if (root?.Enrolment.Engineers.FirstOrDefault(engineer => engineer.Id == id) is { } enrolled)
                {
                    RequireSame(key, enrolled.PublicKeyPem, $"{id} is enrolled");
                }
            }
            catch (Exception defect) when (defect is InvalidKeyException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                defects.Add(defect.Message);
            }
        }

        return defects.ToImmutable();
    }

    private IEnumerable<string> EngineersHere() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.key.pem").Select(path => Path.GetFileName(path)[..^".key.pem".Length])
            .Where(id => id != PublisherId && PlainName.IsValid(id)).Order(StringComparer.Ordinal)
        : [];

    private void RequireFile(string id)
    {
        if (!Has(id))
        {
            throw new InvalidKeyException($"{PrivateKeyPath(id)} is missing, expected the private key whose public half {EnrolmentPath} names: restore it from a backup.");
        }
    }

    private void RequireSame(SigningKey key, string expectedPem, string who)
    {
        string expected = VerificationKey.FromPem(expectedPem).Fingerprint;
        if (key.PublicKey.Fingerprint != expected)
        {
            throw new InvalidKeyException(
                $"{PrivateKeyPath(key.Id)} is another key than {EnrolmentPath} says: found fingerprint {key.PublicKey.Fingerprint}, and {who} with {expected}. Restore the key that belongs to it from a backup.");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static string Mode(string path) => $"mode {Convert.ToString((int)File.GetUnixFileMode(path), 8)}";
}
