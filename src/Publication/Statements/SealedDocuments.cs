using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// The bytes of what engineers decide about: canonical JSON of every member but the digest, so that <c>sha256sum</c> of the
/// file prints the digest that they sign.
/// </summary>
public static class SealedDocuments
{
    /// <summary>Name of the file that holds it, which is the subject of every decision about it.</summary>
    public static string FileNameOf(DecisionSubject subject) => subject switch
    {
        ReleaseManifest => ReleaseManifests.FileName,
        RollbackProposal => RollbackProposals.FileName,
        _ => throw new ArgumentException($"{subject.GetType().Name} is nothing that engineers decide about.", nameof(subject)),
    };

    /// <summary>The bytes of the file.</summary>
    internal static byte[] ToBytes<TSubject>(TSubject subject)
        where TSubject : DecisionSubject
    {
        JsonObject members = JsonSerializer.SerializeToNode(subject, DomainJson.Compact)!.AsObject();
        members.Remove("digest");
        return CanonicalJson.OfDocument(members);
    }

    /// <summary>Reads the file; the caller sets the digest of the bytes.</summary>
    /// <exception cref="MalformedEnvelopeException">The bytes are not the canonical form of such a document.</exception>
    internal static TSubject Parse<TSubject>(ReadOnlySpan<byte> bytes, string fileName)
        where TSubject : DecisionSubject
    {
        try
        {
            TSubject subject = JsonSerializer.Deserialize<TSubject>(bytes, DomainJson.Compact)
                ?? throw new MalformedEnvelopeException($"{fileName} is null, expected an object.");
            return ToBytes(subject).AsSpan().SequenceEqual(bytes)
                ? subject
                : throw new MalformedEnvelopeException($"{fileName} is not in canonical form.");
        }
        catch (Exception defect) when (defect is JsonException or FormatException)
        {
            throw new MalformedEnvelopeException($"{fileName} cannot be read: {defect.Message}", defect);
        }
    }
}
