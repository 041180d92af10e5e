using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Publishing.Envelopes;

/// <summary>
/// A signed in-toto statement as a Sigstore bundle v0.3: a DSSE envelope with exactly one ECDSA P-256 signature (DER) and
/// the fingerprint of the key as hint. No certificate, no transparency log: verifiers are given the key.
/// </summary>
public sealed record SigstoreBundle
{
    /// <summary>Media type of the bundle.</summary>
    public const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>Payload type of in-toto statements, the only one used.</summary>
    public const string InTotoPayloadType = "application/vnd.in-toto+json";

    /// <summary>Largest bundle that is read.</summary>
    public const int MaximumBytes = 1 << 20;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private SigstoreBundle(string hint, byte[] payload, byte[] signature) =>
        (Hint, Payload, Signature) = (hint, payload, signature);

    /// <summary>Fingerprint of the key that signed, as the signer says. A hint: it proves nothing.</summary>
    public string Hint { get; }

    /// <summary>The signed statement's bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signature, ASN.1 DER.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Signs a statement.</summary>
    public static SigstoreBundle Sign(byte[] payload, SigningKey key) =>
        new(key.PublicKey.Fingerprint, payload, key.Sign(PreAuthenticationEncoding.Of(InTotoPayloadType, payload)));

    /// <summary>Reads a bundle. Nothing in it is proven until <see cref="IsSignedBy"/> says so.</summary>
    /// <exception cref="MalformedEnvelopeException">It is not such a bundle; the message says where.</exception>
    public static SigstoreBundle Parse(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > MaximumBytes)
        {
            throw new MalformedEnvelopeException($"The bundle has more than {MaximumBytes} bytes.");
        }

        try
        {
            Document document = JsonSerializer.Deserialize<Document>(json, Strict)
                ?? throw new MalformedEnvelopeException("The bundle is null, expected an object.");
            return document.ToBundle();
        }
        catch (Exception defect) when (defect is JsonException or FormatException)
        {
            throw new MalformedEnvelopeException($"The bundle is not a Sigstore bundle: {defect.Message}", defect);
        }
    }

    /// <summary>Whether <paramref name="key"/> made the signature over the payload.</summary>
    public bool IsSignedBy(VerificationKey key) =>
        key.Verifies(PreAuthenticationEncoding.Of(InTotoPayloadType, Payload.Span), Signature.Span);

    /// <summary>The bundle as JSON text, compact.</summary>
    public string ToJson() => new JsonObject
    {
        ["mediaType"] = MediaType,
        ["verificationMaterial"] = new JsonObject
        {
            ["publicKey"] = new JsonObject { ["hint"] = Hint },
            ["tlogEntries"] = new JsonArray(),
        },
        ["dsseEnvelope"] = new JsonObject
        {
            ["payload"] = Convert.ToBase64String(Payload.Span),
            ["payloadType"] = InTotoPayloadType,
            ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(Signature.Span), ["keyid"] = "" }),
        },
    }.ToJsonString(Strict);

    private sealed record Document(string? MediaType, Material? VerificationMaterial, Envelope? DsseEnvelope)
    {
        public SigstoreBundle ToBundle()
        {
            Require("mediaType", MediaType, SigstoreBundle.MediaType);
            Require("dsseEnvelope.payloadType", DsseEnvelope?.PayloadType, InTotoPayloadType);
            int count = DsseEnvelope?.Signatures?.Length ?? 0;
            return count == 1
                ? new SigstoreBundle(
                    VerificationMaterial?.PublicKey?.Hint ?? "",
                    Convert.FromBase64String(DsseEnvelope!.Payload ?? ""),
                    Convert.FromBase64String(DsseEnvelope.Signatures![0]?.Sig ?? ""))
                : throw new MalformedEnvelopeException($"dsseEnvelope.signatures has {count} entries, expected exactly 1.");
        }

        private static void Require(string field, string? found, string expected)
        {
            if (found != expected)
            {
                throw new MalformedEnvelopeException($"{field} is \"{found}\", expected \"{expected}\".");
            }
        }
    }

    private sealed record Material(PublicKeyHint? PublicKey);

    private sealed record PublicKeyHint(string? Hint);

    private sealed record Envelope(string? Payload, string? PayloadType, EnvelopeSignature?[]? Signatures);

    private sealed record EnvelopeSignature(string? Sig);
}
