using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Stores;

public sealed class BlobNameTests
{
    [Theory]
    [InlineData("artifacts/sha256/00ff")]
    [InlineData("channels/disposable-domain/production/12.json")]
    [InlineData("A_b.c-d")]
    public void IsValid_PlainSegments_IsTrue(string name) => Assert.True(BlobName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData(".hidden")]
    [InlineData("a\0b")]
    [InlineData("a\u202Eb")]
    [InlineData("аrtifacts")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a%2fb")]
    public void IsValid_AnythingElse_IsFalse(string name) => Assert.False(BlobName.IsValid(name));

    [Fact]
    public void IsValid_TooLong_IsFalse() => Assert.False(BlobName.IsValid(new string('a', BlobName.MaximumLength + 1)));

    [Fact]
    public void Require_InvisibleCharacter_ShowsItsCodePoint()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => BlobName.Require("a\u202Eb"));

        Assert.Contains("a[U+202E]b", refusal.Message, StringComparison.Ordinal);
    }
}
