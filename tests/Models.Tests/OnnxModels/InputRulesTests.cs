using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

public sealed class InputRulesTests
{
    private static readonly InputRules Hosts = new(InputType.HostName, 253);
    private static readonly InputRules Text = new(InputType.Text, 20);

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.Com", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("a-b.c1.co.uk", "a-b.c1.co.uk")]
    [InlineData("münchen.de", "xn--mnchen-3ya.de")]
    [InlineData("MÜNCHEN.de", "xn--mnchen-3ya.de")]
    [InlineData("xn--mnchen-3ya.de", "xn--mnchen-3ya.de")]
    [InlineData("例え。テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("straße.de", "xn--strae-oqa.de")]
    [InlineData("हिन्दी.भारत", "xn--j2bd4cyah0f.xn--h2brj9c")]
    public void HostName_Sound_IsNormalised(string input, string expected) =>
        Assert.Equal(new InputCheck.Accepted(expected), Hosts.Check(input));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a\0b.com", "U+0000 at position 1")]
    [InlineData("a\nb.com", "U+000A")]
    [InlineData("localhost", "single label")]
    [InlineData("127.0.0.1", "IP address")]
    [InlineData("a..com", "empty label")]
    [InlineData(".com", "empty label")]
    [InlineData("a.com..", "empty label")]
    [InlineData(".", "empty label")]
    [InlineData("-a.com", "hyphen")]
    [InlineData("a-.com", "hyphen")]
    [InlineData("a_b.com", "'_'")]
    [InlineData("exa mple.com", "' '")]
    [InlineData("http://a.com/", "':'")]
    [InlineData("user@a.com", "'@'")]
    [InlineData("mu\u0308nchen.de", "U+0308")]
    [InlineData("ＥＸＡＭＰＬＥ.com", "U+FF25")]
    [InlineData("İstanbul.com", "U+0130")]
    [InlineData("\u202eabc.com", "U+202E")]
    [InlineData("a\u200db.com", "U+200D")]
    [InlineData("😀.com", "U+1F600")]
    public void HostName_Unsound_IsRefusedWithWhatWasFound(string input, string found)
    {
        string reason = Assert.IsType<InputCheck.Refused>(Hosts.Check(input)).Reason;

        Assert.Contains(found, reason, StringComparison.Ordinal);
        Assert.EndsWith("expected a host name such as example.com", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void HostName_HalfASurrogatePair_IsRefused() => Assert.Contains("half of a surrogate pair", Refusal(Hosts, "a\ud800.com"), StringComparison.Ordinal);

    [Fact]
    public void HostName_LabelTooLong_IsRefused() => Assert.Contains("64 characters", Refusal(Hosts, new string('a', 64) + ".com"), StringComparison.Ordinal);

    [Fact]
    public void HostName_TooLongOnlyAsAscii_IsRefused()
    {
        // 179 bytes; each label becomes xn--9ca.
        string shortLabels = string.Join('.', Enumerable.Repeat("é", 60));

        Assert.Contains("is 479 bytes long; expected at most 253", Refusal(Hosts, shortLabels), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_OfTenKilobytes_IsRefusedWithAShortMessage()
    {
        string reason = Refusal(Hosts, new string('a', 10_240));

        Assert.Contains("is 10240 bytes long; expected at most 253", reason, StringComparison.Ordinal);
        Assert.True(reason.Length < 120);
    }

    [Theory]
    [InlineData("Any text, as it is")]
    [InlineData("ÜBER 😀")]
    public void Text_Sound_IsLeftAsItIs(string input) => Assert.Equal(new InputCheck.Accepted(input), Text.Check(input));

    [Fact]
    public void Text_LongerThanTheLimitInBytes_IsRefused() =>
        Assert.Contains("is 22 bytes long; expected at most 20", Refusal(Text, new string('ü', 11)), StringComparison.Ordinal);

    private static string Refusal(InputRules rules, string input) => Assert.IsType<InputCheck.Refused>(rules.Check(input)).Reason;
}
