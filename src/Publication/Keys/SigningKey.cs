using System.Security.Cryptography;

namespace Lifecycle.Publishing.Keys;

/// <summary>
/// A P-256 private key with the id of its owner. Holds key material: dispose it. It is never serialized, and its text form
/// shows the fingerprint only.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(string id, ECDsa key)
    {
        (Id, _key) = (id, key);
        PublicKey = VerificationKey.Of(key);
    }

    /// <summary>Id of the owner, an engineer's or the publisher's.</summary>
    public string Id { get; }

    /// <summary>The public half.</summary>
    public VerificationKey PublicKey { get; }

    /// <summary>Makes a new key.</summary>
    public static SigningKey Create(string id) => new(id, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a private key from PEM (PKCS#8 or SEC 1, unencrypted).</summary>
    /// <exception cref="InvalidKeyException">It is not one P-256 private key.</exception>
    public static SigningKey FromPem(string id, string pem)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            _ = key.SignData([], HashAlgorithmName.SHA256);
            return new SigningKey(id, key);
        }
        catch (Exception defect) when (defect is ArgumentException or CryptographicException or InvalidKeyException)
        {
            key.Dispose();
            throw new InvalidKeyException($"No private key of {id} can be read from the PEM ({defect.Message.TrimEnd('.')}), expected a P-256 key.", defect);
        }
    }

    /// <summary>Signs with ECDSA and SHA-256, as ASN.1 DER.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) =>
        _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({PublicKey.Fingerprint})";

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The private key as PKCS#8 PEM with a trailing line feed.</summary>
    internal string ToPem() => _key.ExportPkcs8PrivateKeyPem() + "\n";
}
