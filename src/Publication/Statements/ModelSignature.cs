using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>A file that <c>model.sig</c> covers, by its flat name.</summary>
public sealed record SignedResource(string Name, string Digest)
{
    /// <summary>Always <c>sha256</c>.</summary>
    public string Algorithm { get; init; } = "sha256";
}

/// <summary>How OpenSSF Model Signing v1 read the files: each hashed by itself, no symbolic links, nothing ignored but the signature and git's own files.</summary>
public sealed record ResourceSerialization
{
    /// <summary>Always <c>files</c>.</summary>
    public string Method { get; init; } = "files";

    /// <summary>Always <c>sha256</c>.</summary>
    [JsonPropertyName("hash_type")]
    public string HashType { get; init; } = "sha256";

    /// <summary>Always false.</summary>
    [JsonPropertyName("allow_symlinks")]
    public bool AllowSymlinks { get; init; }

    /// <summary>Paths that verifiers leave out.</summary>
    [JsonPropertyName("ignore_paths")]
    public ImmutableArray<string> IgnorePaths { get; init; } =
        [ModelSignature.FileName, ".git", ".gitattributes", ".github", ".gitignore"];
}

/// <summary>Predicate of OpenSSF Model Signing v1: the files and how they were read.</summary>
public sealed record ModelSignaturePredicate(ImmutableArray<SignedResource> Resources)
{
    /// <summary>How the files were read.</summary>
    public ResourceSerialization Serialization { get; init; } = new();
}

/// <summary>
/// The statement inside <c>model.sig</c>: OpenSSF Model Signing v1 over a flat directory. Its one subject carries the root
/// digest, SHA-256 over the files' raw digests in the order of their names. Format: docs/formats/model-sig.md.
/// </summary>
public static class ModelSignature
{
    /// <summary>Name of the signature beside the files.</summary>
    public const string FileName = "model.sig";

    /// <summary>Predicate type of OpenSSF Model Signing v1.</summary>
    public const string PredicateType = "https://model_signing/signature/v1.0";

    /// <summary>Makes the statement over files given by name and digest.</summary>
    public static InTotoStatement<ModelSignaturePredicate> Make(string model, IEnumerable<KeyValuePair<string, string>> digests)
    {
        ImmutableArray<SignedResource> resources =
            [.. digests.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new SignedResource(file.Key, file.Value))];
        return new()
        {
            Subject = [StatementSubject.Of(model, RootDigest(resources))],
            PredicateType = PredicateType,
            Predicate = new ModelSignaturePredicate(resources),
        };
    }

    /// <summary>Reads the statement out of a bundle whose signature was verified, and holds it against itself.</summary>
    /// <exception cref="MalformedEnvelopeException">It is another kind of statement, or its digests contradict each other.</exception>
    public static InTotoStatement<ModelSignaturePredicate> Read(SigstoreBundle bundle)
    {
        InTotoStatement<ModelSignaturePredicate> statement = InTotoStatement.Parse<ModelSignaturePredicate>(bundle.Payload.Span, PredicateType);
        InTotoStatement<ModelSignaturePredicate> expected = Make(
            statement.Subject[0].Name,
            statement.Predicate.Resources.DistinctBy(resource => resource.Name).Select(resource => KeyValuePair.Create(resource.Name, resource.Digest)));
        return expected.ToBytes().AsSpan().SequenceEqual(bundle.Payload.Span)
            ? statement
            : throw new MalformedEnvelopeException(
                $"The statement in {FileName} is not the one its resources give: expected root digest {expected.Subject[0].Digest.Sha256}, found {statement.Subject[0].Digest.Sha256}.");
    }

    private static string RootDigest(ImmutableArray<SignedResource> resources)
    {
        using IncrementalHash root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SignedResource resource in resources)
        {
            root.AppendData(Convert.FromHexString(resource.Digest));
        }

        return Convert.ToHexStringLower(root.GetHashAndReset());
    }
}
