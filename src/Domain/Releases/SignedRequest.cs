namespace Lifecycle.Domain.Releases;

/// <summary>What an engineer signs to ask: the predicate of an in-toto statement. Format: docs/formats/request.md.</summary>
public sealed record RequestStatement
{
    /// <summary>What is asked for, by whom.</summary>
    public required AskedFor Asked { get; init; }

    /// <summary>Random hexadecimal digits, used once.</summary>
    public required string Nonce { get; init; }

    /// <summary>When it was signed.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From when on nothing can be started by it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A signed request as it is delivered, beside the request it is about.</summary>
/// <param name="Bundle">The Sigstore bundle (DSSE envelope) as JSON text.</param>
public sealed record RequestEnvelope(string Bundle);

/// <summary>A request whose signature was proven: who, what, until when, and the bundle that proves it.</summary>
public sealed record SignedRequest(RequestStatement Statement, string KeyFingerprint, string Bundle);
