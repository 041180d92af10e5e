using System.Security.Cryptography;
using System.Text;
using Lifecycle.Domain;

namespace Lifecycle.Publishing.Keys;

/// <summary>
/// A P-256 public key. <see cref="Pem"/> is one byte form (SubjectPublicKeyInfo as PEM with a trailing line feed), so that
/// equal keys have equal <see cref="Fingerprint"/>s however they were written down.
/// </summary>
public sealed record VerificationKey
{
    private const string Curve = "1.2.840.10045.3.1.7";

    private VerificationKey(string pem) => Pem = pem;

    /// <summary>SubjectPublicKeyInfo as PEM with a trailing line feed.</summary>
    public string Pem { get; }

    /// <summary>Lowercase hexadecimal SHA-256 of <see cref="Pem"/>: what <c>sha256sum key.pub.pem</c> prints.</summary>
    public string Fingerprint => Sha256Digest.Of(Encoding.ASCII.GetBytes(Pem));

    /// <summary>Reads a public key.</summary>
    /// <exception cref="InvalidKeyException">It is not one P-256 public key in PEM.</exception>
    public static VerificationKey FromPem(string pem)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            PemFields fields = PemEncoding.Find(pem);
            if (pem[fields.Label] is not "PUBLIC KEY")
            {
                throw new InvalidKeyException($"The PEM holds a \"{pem[fields.Label]}\", expected a \"PUBLIC KEY\": give the .pub.pem file.");
            }

            if (!string.IsNullOrWhiteSpace(pem[..fields.Location.Start] + pem[fields.Location.End..]))
            {
                throw new InvalidKeyException("The PEM holds more than one block, or text beside it, expected one \"PUBLIC KEY\" and nothing else.");
            }

            byte[] info = Convert.FromBase64String(pem[fields.Base64Data]);
            key.ImportSubjectPublicKeyInfo(info, out int read);
            if (read != info.Length)
            {
                throw new InvalidKeyException($"The \"PUBLIC KEY\" has {info.Length - read} bytes behind its end, expected none.");
            }
        }
        catch (Exception defect) when (defect is ArgumentException or FormatException or CryptographicException)
        {
            throw new InvalidKeyException($"No public key can be read from the PEM ({defect.Message.TrimEnd('.')}), expected a P-256 key: make one with `lifecycle keys new`.", defect);
        }

        return Of(key);
    }

    /// <summary>Whether this key made <paramref name="signature"/> (ECDSA with SHA-256, ASN.1 DER) over <paramref name="data"/>.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(Pem);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The public half of a key.</summary>
    /// <exception cref="InvalidKeyException">The key is on another curve than P-256.</exception>
    internal static VerificationKey Of(ECDsa key)
    {
        // Without a name a curve is spelt out by its parameters, which may be chosen so that it guards nothing.
        ECCurve curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return curve switch
        {
            { IsNamed: true, Oid.Value: Curve } => new VerificationKey(key.ExportSubjectPublicKeyInfoPem() + "\n"),
            { IsNamed: true } => throw new InvalidKeyException($"The key is on curve {curve.Oid.FriendlyName ?? curve.Oid.Value}, expected P-256: make one with `lifecycle keys new`."),
            _ => throw new InvalidKeyException("The key spells out the parameters of its curve, expected the name P-256 alone: make one with `lifecycle keys new`."),
        };
    }
}
