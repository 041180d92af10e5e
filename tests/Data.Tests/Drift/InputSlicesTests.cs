using System.Collections.Immutable;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Drift;

public sealed class InputSlicesTests
{
    private static readonly string[] Texts = ["b.com", "a.org", "c.com"];

    [Fact]
    public void Members_OfTwoSlices_AreInTheOrderOfTheTexts()
    {
        var members = Members(("com", "input LIKE '%.com'"), ("late", "input > 'a.z'"));

        Assert.Equal([true, false, true], members["com"]);
        Assert.Equal([true, false, true], members["late"]);
    }

    [Theory]
    [InlineData("CASE WHEN input LIKE '%.com' THEN true END")]
    [InlineData("input LIKE '%.com' -- with a remark")]
    public void Members_OfAnExpressionThatIsNullOrRemarked_AreThoseForWhichItIsTrue(string expression) =>
        Assert.Equal([true, false, true], Members(("com", expression))["com"]);

    [Theory]
    [InlineData("host LIKE '%.com'", "host")]
    [InlineData("input LIKE", "watch.protectedSlices.com")]
    [InlineData("count(*) > 1", "watch.protectedSlices.com")]
    [InlineData("input IN (SELECT content FROM read_text('/etc/hostname'))", "read_text")]
    public void Members_OfWhatIsNotOverInputAlone_AreRefusedByName(string expression, string named)
    {
        var failure = Assert.Throws<InvalidDataSourceException>(() => Members(("com", expression)));

        Assert.StartsWith("'watch.protectedSlices.com'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_WithoutSlices_AreNone() => Assert.Empty(Members());

    private static ImmutableSortedDictionary<string, ImmutableArray<bool>> Members(params (string Name, string Expression)[] slices)
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("slices-");
        try
        {
            return new InputSlices(slices.ToImmutableSortedDictionary(slice => slice.Name, slice => slice.Expression), scratch.FullName, new DataLimits())
                .Members(Texts, TestContext.Current.CancellationToken);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
