using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>Turns a <see cref="RollbackProposal"/> into the bytes of <c>rollback.json</c> and back.</summary>
public static class RollbackProposals
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "rollback.json";

    /// <summary>Sets the digest.</summary>
    public static RollbackProposal Seal(RollbackProposal proposal) => proposal with { Digest = Sha256Digest.Of(ToBytes(proposal)) };

    /// <summary>The bytes of <c>rollback.json</c>.</summary>
    public static byte[] ToBytes(RollbackProposal proposal) => SealedDocuments.ToBytes(proposal);

    /// <summary>Reads <c>rollback.json</c> and sets the digest of the bytes read.</summary>
    /// <exception cref="MalformedEnvelopeException">The bytes are not the canonical form of a proposal.</exception>
    public static RollbackProposal Parse(ReadOnlySpan<byte> bytes) =>
        SealedDocuments.Parse<RollbackProposal>(bytes, FileName) with { Digest = Sha256Digest.Of(bytes) };
}
