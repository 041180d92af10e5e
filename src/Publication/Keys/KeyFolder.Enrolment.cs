using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Keys;

/// <content>The home's trust root, <c>enrolment.json</c>.</content>
public sealed partial class KeyFolder
{
    /// <summary>Reads the trust root.</summary>
    /// <exception cref="InvalidKeyException">It is missing, malformed, or wrong in itself.</exception>
    public TrustRoot ReadTrustRoot() => ReadTrustRoot(EnrolmentPath);

    /// <summary>Reads a trust root from any file.</summary>
    /// <exception cref="InvalidKeyException">It is missing, malformed, or wrong in itself.</exception>
    public static TrustRoot ReadTrustRoot(string path)
    {
        try
        {
            TrustRoot? root = JsonSerializer.Deserialize<TrustRoot>(RegularFile.ReadText(path, MaximumEnrolmentBytes), DomainJson.Indented);
            return (root ?? throw new InvalidKeyException($"{path} holds null, expected an object.")).Validate();
        }
        catch (IOException defect)
        {
            throw new InvalidKeyException($"{path} cannot be read: {defect.Message} Enrol an engineer with `lifecycle keys new <id> --enrol`.", defect);
        }
        catch (Exception defect) when (defect is JsonException or InvalidKeyException)
        {
            throw new InvalidKeyException($"{path}: {defect.Message}", defect);
        }
    }

    /// <summary>Writes the trust root, atomically, after holding it against itself.</summary>
    /// <exception cref="InvalidKeyException">It is wrong in itself.</exception>
    public void WriteTrustRoot(TrustRoot root)
    {
        ImmutableArray<ReleaseEngineer> sorted = [.. root.Enrolment.Engineers.OrderBy(engineer => engineer.Id, StringComparer.Ordinal)];
        TrustRoot complete = root.Validate() with { Enrolment = new() { Engineers = sorted } };
        Directory.CreateDirectory(Path.GetDirectoryName(EnrolmentPath)!);
        DurableFiles.Local.Write(EnrolmentPath, JsonSerializer.Serialize(complete, DomainJson.Indented) + "\n", Readable);
    }

    /// <summary>
    /// Makes what is missing of a demo set: the publisher's key, one key for each engineer, and the trust root over them,
    /// all marked as demo. Keys that exist stay as they are.
    /// </summary>
    public TrustRoot EnsureDemo(params ImmutableArray<string> engineers)
    {
        if (File.Exists(EnrolmentPath))
        {
            return ReadTrustRoot();
        }

        TrustRoot root = new()
        {
            PublisherKeyPem = EnsurePublicKey(PublisherId),
            PublisherIsDemo = true,
            Enrolment = new() { Engineers = [.. engineers.Select(id => new ReleaseEngineer(id, EnsurePublicKey(id), IsDemo: true))] },
        };
        WriteTrustRoot(root);
        return ReadTrustRoot();
    }

    /// <summary>
    /// Enrols an engineer by public key. The first enrolment of a home also makes the publisher's key and the trust root.
    /// </summary>
    /// <exception cref="InvalidKeyException">The id or the key is enrolled already, or is not allowed.</exception>
    public TrustRoot Enrol(string engineer, VerificationKey key)
    {
        TrustRoot root = File.Exists(EnrolmentPath) ? ReadTrustRoot() : new() { PublisherKeyPem = EnsurePublicKey(PublisherId) };
        ReleaseEngineer enrolled = new(engineer, key.Pem, IsDemo: false);
        WriteTrustRoot(root with { Enrolment = new() { Engineers = root.Enrolment.Engineers.Add(enrolled) } });
        return ReadTrustRoot();
    }

    private string EnsurePublicKey(string id)
    {
        using SigningKey key = Has(id) ? Open(id) : Create(id);
        return key.PublicKey.Pem;
    }
}
