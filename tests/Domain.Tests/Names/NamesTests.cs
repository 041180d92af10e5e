using Lifecycle.Domain.Names;
using Lifecycle.Domain.Scoring;

namespace Lifecycle.Domain.Tests.Names;

public sealed class NamesTests
{
    [Theory]
    [InlineData("exports/a (1)/b.csv")]
    [InlineData("exports/März 2024/日本.parquet")]
    [InlineData("a%20b+c&d=e?f#g~h'i\"j<k>")]
    [InlineData("exports/😀.csv")]
    [InlineData("a//b")]
    [InlineData(".hidden/...x")]
    [InlineData("publications-of-others/x")]
    public void ProblemOf_ANameThatAzureAllows_IsNone(string name)
    {
        Assert.Null(BlobNames.ProblemOf(name));
        Assert.Null(BlobNames.PrefixProblemOf(name));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a/b.", "ends with a full stop")]
    [InlineData("a/", "ends with a slash")]
    [InlineData("a/../b", "has a part that is '.' or '..'")]
    [InlineData("./b", "has a part that is '.' or '..'")]
    [InlineData("a\\b", "has a backslash")]
    [InlineData("a\0b", "holds U+0000")]
    [InlineData("a\u001b]8;;x\u0007b", "holds U+001B")]
    [InlineData("a\uffffb", "holds U+FFFF")]
    public void ProblemOf_ANameThatCannotBe_IsOneSentence(string name, string expected) =>
        Assert.StartsWith(expected, BlobNames.ProblemOf(name), StringComparison.Ordinal);

    [Fact]
    public void ProblemOf_HalfASurrogate_IsTold() => Assert.StartsWith("holds half of a surrogate pair", BlobNames.ProblemOf("a" + '\ud800' + "b"), StringComparison.Ordinal);

    [Fact]
    public void ProblemOf_LengthsAtTheirBounds_AreToldApart()
    {
        Assert.Null(BlobNames.ProblemOf(new string('a', 1024)));
        Assert.StartsWith("has 1025 characters", BlobNames.ProblemOf(new string('a', 1025)), StringComparison.Ordinal);
        Assert.Null(BlobNames.ProblemOf(string.Join('/', Enumerable.Repeat("a", 254))));
        Assert.StartsWith("has 255 parts", BlobNames.ProblemOf(string.Join('/', Enumerable.Repeat("a", 255))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exports/a (1)/", true)]
    [InlineData("exports/2024-0", true)]
    [InlineData("x", true)]
    [InlineData("artifacts", false)]
    [InlineData("artifacts/sha256/", false)]
    [InlineData("predictions/mail/", false)]
    [InlineData("p", false)]
    [InlineData("score", false)]
    [InlineData("channels/", false)]
    [InlineData("", false)]
    [InlineData("exports/../channels/", false)]
    public void PrefixProblemOf_APrefixOfARequest_KeepsOutOfTheProductsOwnFolders(string prefix, bool isAllowed) =>
        Assert.Equal(isAllowed, BlobNames.PrefixProblemOf(prefix) is null);

    [Theory]
    [InlineData("rows.csv", true)]
    [InlineData("/data/2024-??-*.csv", true)]
    [InlineData("../other/rows.csv", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("/data/", false)]
    [InlineData("/data/..", false)]
    [InlineData("/*/keys/a.pem", false)]
    [InlineData("/data/a\0.csv", false)]
    [InlineData("/data/a\n.csv", false)]
    public void ProblemOf_APattern_KnowsItsShape(string pattern, bool isAllowed) => Assert.Equal(isAllowed, FilePattern.ProblemOf(pattern) is null);

    [Theory]
    [InlineData("../mail", "k", "production", "model, key and channel are")]
    [InlineData("mail", "a/b", "production", "model, key and channel are")]
    [InlineData("mail", "k", "../other", "model, key and channel are")]
    [InlineData("1mail", "k", "production", "model, key and channel are")]
    [InlineData("mail", "", "production", "model, key and channel are")]
    [InlineData("mail", "k", "Production", "model, key and channel are")]
    public void ProblemOf_ARequestWithANameThatLeadsElsewhere_SaysSo(string model, string key, string channel, string expected) => Assert.Contains(
        expected, ScoringRequestRules.ProblemOf(new() { Model = model, Key = key, Channel = channel, Source = new() { BlobPrefix = "x/" } }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null, null, "exactly one source")]
    [InlineData("*.csv", "x/", null, "exactly one source")]
    [InlineData("*/a.csv", null, null, "has * or ? in a folder")]
    [InlineData(null, "publications/", null, "reaches publications/")]
    [InlineData(null, "a/../b", null, "has a part that is '.' or '..'")]
    [InlineData(null, null, "../../channels/mail/production", "is no identifier")]
    [InlineData(null, null, "2020-05", null)]
    [InlineData("/data/*.csv", null, null, null)]
    [InlineData(null, "exports/a (1)/", null, null)]
    public void ProblemOf_ASource_IsJudgedBeforeAnythingIsRead(string? files, string? prefix, string? snapshot, string? expected)
    {
        string? problem = ScoringRequestRules.ProblemOf(new() { Model = "mail", Key = "k", Source = new() { WorkerFiles = files, BlobPrefix = prefix, Snapshot = snapshot } });

        Assert.Equal(expected is null, problem is null);
        Assert.Contains(expected ?? "", problem ?? "", StringComparison.Ordinal);
    }
}
