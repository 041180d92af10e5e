using System.Security.Cryptography;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Keys;

/// <summary>Keys of every other kind in enrolment.json: each is one error that names the file, whose key it is, and what was expected.</summary>
public sealed class ForeignKeysTests
{
    public static TheoryData<string, string> Keys()
    {
        using ECDsa good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA rsa = RSA.Create(2048);
        using ECDsa explicitCurve = ECDsa.Create(Spelt(good));
        string pem = good.ExportSubjectPublicKeyInfoPem();
        byte[] info = good.ExportSubjectPublicKeyInfo();
        return new TheoryData<string, string>
        {
            { explicitCurve.ExportSubjectPublicKeyInfoPem(), "expected the name P-256" },
            { larger.ExportSubjectPublicKeyInfoPem(), "expected P-256" },
            { rsa.ExportSubjectPublicKeyInfoPem(), "expected a P-256 key" },
            { rsa.ExportRSAPublicKeyPem(), "expected a \"PUBLIC KEY\"" },
            { good.ExportPkcs8PrivateKeyPem(), "expected a \"PUBLIC KEY\"" },
            { good.ExportECPrivateKeyPem(), "expected a \"PUBLIC KEY\"" },
            { "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----", "expected a P-256 key" },
            { "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "expected a \"PUBLIC KEY\"" },
            { pem[..^60], "expected a P-256 key" },
            { pem.Replace("M", "!", StringComparison.Ordinal), "expected a P-256 key" },
            { pem + "\n" + larger.ExportSubjectPublicKeyInfoPem(), "one \"PUBLIC KEY\" and nothing else" },
            { "the key of ada:\n" + pem, "one \"PUBLIC KEY\" and nothing else" },
            { new string(PemEncoding.Write("PUBLIC KEY", [.. info, 0, 0])), "bytes behind its end" },
            { new string(PemEncoding.Write("PUBLIC KEY", info.AsSpan(..^3))), "expected a P-256 key" },
            { new string(PemEncoding.Write("PUBLIC KEY", Compressed(good))), "expected a P-256 key" },
            { "", "expected a P-256 key" },
        };
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void TrustRoot_WithAKeyOfAnotherKind_IsRefusedByFileOwnerAndReason(string pem, string reason)
    {
        using TemporaryFolder folder = new();
        using SigningKey publisher = SigningKey.Create("publisher");
        string path = folder["enrolment.json"];
        File.WriteAllText(path, JsonSerializer.Serialize(
            new { publisherKeyPem = publisher.PublicKey.Pem, enrolment = new { engineers = new[] { new { id = "ada", publicKeyPem = pem, isDemo = false } } } },
            DomainJson.Indented));

        var refused = Assert.Throws<InvalidKeyException>(() => KeyFolder.ReadTrustRoot(path));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("ada", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PrivateKey_OnACurveThatIsSpeltOut_IsRefused()
    {
        using ECDsa good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa explicitCurve = ECDsa.Create(Spelt(good));

        var refused = Assert.Throws<InvalidKeyException>(() => SigningKey.FromPem("ada", explicitCurve.ExportPkcs8PrivateKeyPem()));

        Assert.Contains("expected the name P-256", refused.Message, StringComparison.Ordinal);
    }

    // The same point by one coordinate and a sign, as other programs write it when told to.
    private static byte[] Compressed(ECDsa key)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. Convert.FromHexString("3039301306072a8648ce3d020106082a8648ce3d030107032200"), (byte)(2 + (point.Y![^1] & 1)), .. point.X!];
    }

    private static ECParameters Spelt(ECDsa key) => key.ExportExplicitParameters(includePrivateParameters: true);
}
