using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>What a statement is about: a name and the SHA-256 of its bytes.</summary>
public sealed record StatementSubject(string Name, StatementDigest Digest)
{
    /// <summary>A subject by its SHA-256.</summary>
    public static StatementSubject Of(string name, string sha256) => new(name, new StatementDigest(sha256));
}

/// <summary>Digests of a subject; SHA-256 is the only one used.</summary>
public sealed record StatementDigest(string Sha256);

/// <summary>An in-toto Statement v1: subjects, and what is said about them.</summary>
/// <typeparam name="TPredicate">The predicate's record.</typeparam>
public sealed record InTotoStatement<TPredicate>
{
    /// <summary>Always <see cref="InTotoStatement.Type"/>.</summary>
    [JsonPropertyName("_type")]
    public string Type { get; init; } = InTotoStatement.Type;

    /// <summary>What it is about.</summary>
    public required ImmutableArray<StatementSubject> Subject { get; init; }

    /// <summary>URI that says how to read <see cref="Predicate"/>.</summary>
    public required string PredicateType { get; init; }

    /// <summary>What is said.</summary>
    public required TPredicate Predicate { get; init; }

    /// <summary>The statement's bytes, canonical.</summary>
    public byte[] ToBytes() => CanonicalJson.Of(this);
}

/// <summary>Reads in-toto statements.</summary>
public static class InTotoStatement
{
    /// <summary>Type of every statement, the JSON member <c>_type</c>.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    private static readonly JsonSerializerOptions Strict = new(DomainJson.Compact)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        MaxDepth = 32,
    };

    /// <summary>Reads a statement of one predicate type.</summary>
    /// <exception cref="MalformedEnvelopeException">It is another kind of document; the message says where.</exception>
    public static InTotoStatement<TPredicate> Parse<TPredicate>(ReadOnlySpan<byte> bytes, string predicateType)
    {
        try
        {
            InTotoStatement<TPredicate> statement = JsonSerializer.Deserialize<InTotoStatement<TPredicate>>(bytes, Strict)
                ?? throw new MalformedEnvelopeException("The statement is null, expected an object.");
            Require("_type", statement.Type, Type);
            Require("predicateType", statement.PredicateType, predicateType);
            return statement.Predicate is not null && !statement.Subject.IsDefaultOrEmpty
                ? statement
                : throw new MalformedEnvelopeException("The statement has no subject or no predicate.");
        }
        catch (JsonException defect)
        {
            throw new MalformedEnvelopeException($"The statement cannot be read: {defect.Message}", defect);
        }
    }

    private static void Require(string field, string? found, string expected)
    {
        if (found != expected)
        {
            throw new MalformedEnvelopeException($"The statement's {field} is \"{found}\", expected \"{expected}\".");
        }
    }
}
