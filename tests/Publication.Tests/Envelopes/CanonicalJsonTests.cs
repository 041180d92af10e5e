using System.Text;
using System.Text.Json.Nodes;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Tests.Envelopes;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [true, null, "x"] }""", """{"a":[true,null,"x"],"b":1}""")]
    [InlineData("""{"ab":1,"a":2,"A":3}""", """{"A":3,"a":2,"ab":1}""")]
    [InlineData("""["/", "\"", "\\", "\u00e9", "\u20ac", "<>&'+"]""", """["/","\"","\\","é","€","<>&'+"]""")]
    [InlineData("""["\n\t\u0001\u001f\u007f"]""", "[\"\\n\\t\\u0001\\u001f\u007f\"]")]
    [InlineData("[-0, 9007199254740991]", "[0,9007199254740991]")]
    [InlineData("{}", "{}")]
    [InlineData("null", "null")]
    public void Of_Document_HasOneForm(string document, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.OfDocument(JsonNode.Parse(document))));

    [Fact]
    public void Of_KeysBeyondTheBasicPlane_SortsByCodeUnitsAsTheStandardSays()
    {
        JsonObject document = new() { ["\uFB33"] = 1, ["\U0001F600"] = 2 };

        Assert.Equal("{\"\U0001F600\":2,\"\uFB33\":1}", Encoding.UTF8.GetString(CanonicalJson.OfDocument(document)));
    }

    [Theory]
    [InlineData("""{"metric":0.5}""", "0.5")]
    [InlineData("""{"metric":1e3}""", "1e3")]
    [InlineData("""{"metric":9007199254740992}""", "9007199254740992")]
    public void Of_NumberThatReadersRound_IsRefusedWithItsPlace(string document, string number)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => CanonicalJson.OfDocument(JsonNode.Parse(document)));

        Assert.Contains($"{number} at $.metric", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_HalfASurrogatePair_IsRefused() =>
        Assert.Throws<FormatException>(() => CanonicalJson.OfDocument(new JsonObject { ["a"] = "\ud83d" }));
}
