using System.Text;
using System.Text.Json.Nodes;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Publishing.Tests.Envelopes;

public sealed class SigstoreBundleTests : IDisposable
{
    private readonly SigningKey _key = SigningKey.Create("alice");

    [Fact]
    public void PreAuthenticationEncoding_StandardsExample_HasItsBytes() => Assert.Equal(
        "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
        Encoding.UTF8.GetString(PreAuthenticationEncoding.Of("http://example.com/HelloWorld", "hello world"u8)));

    [Fact]
    public void PreAuthenticationEncoding_NonAscii_CountsBytes() => Assert.Equal(
        "DSSEv1 2 \u00e9 3 \u20ac", Encoding.UTF8.GetString(PreAuthenticationEncoding.Of("\u00e9", "\u20ac"u8)));

    [Fact]
    public void Parse_SignedBundle_VerifiesWithItsKeyOnly()
    {
        using SigningKey other = SigningKey.Create("bob");

        SigstoreBundle bundle = SigstoreBundle.Parse(SigstoreBundle.Sign("{}"u8.ToArray(), _key).ToJson());

        Assert.Equal(_key.PublicKey.Fingerprint, bundle.Hint);
        Assert.True(bundle.IsSignedBy(_key.PublicKey));
        Assert.False(bundle.IsSignedBy(other.PublicKey));
    }

    [Theory]
    [InlineData("mediaType", "application/json")]
    [InlineData("dsseEnvelope.payloadType", "text/plain")]
    [InlineData("dsseEnvelope.payload", "not base64!")]
    public void Parse_WrongField_IsRefused(string path, string value) =>
        Assert.Throws<MalformedEnvelopeException>(() => SigstoreBundle.Parse(With(path, value)));

    [Fact]
    public void Parse_TwoSignatures_IsRefusedWithTheCount()
    {
        JsonNode bundle = JsonNode.Parse(Signed())!;
        bundle["dsseEnvelope"]!["signatures"]!.AsArray().Add(new JsonObject { ["sig"] = "AAAA" });

        MalformedEnvelopeException refusal = Assert.Throws<MalformedEnvelopeException>(() => SigstoreBundle.Parse(bundle.ToJsonString()));

        Assert.Contains("2 entries, expected exactly 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MemberTwice_IsRefused() =>
        Assert.Throws<MalformedEnvelopeException>(() => SigstoreBundle.Parse(Signed().Replace("{\"mediaType\"", "{\"mediaType\":\"x\",\"mediaType\"", StringComparison.Ordinal)));

    [Fact]
    public void Parse_TooLong_IsRefused() =>
        Assert.Throws<MalformedEnvelopeException>(() => SigstoreBundle.Parse(new string(' ', SigstoreBundle.MaximumBytes + 1)));

    [Fact]
    public void IsSignedBy_SignatureOfFixedWidthInsteadOfDer_IsFalse()
    {
        string fixedWidth = Convert.ToBase64String(new byte[64]);

        Assert.False(SigstoreBundle.Parse(With("dsseEnvelope.signatures.0.sig", fixedWidth)).IsSignedBy(_key.PublicKey));
    }

    public void Dispose() => _key.Dispose();

    private string Signed() => SigstoreBundle.Sign("{}"u8.ToArray(), _key).ToJson();

    private string With(string path, string value)
    {
        JsonNode bundle = JsonNode.Parse(Signed())!;
        string[] steps = path.Split('.');
        JsonNode parent = steps[..^1].Aggregate(bundle, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        parent[steps[^1]] = value;
        return bundle.ToJsonString();
    }
}
