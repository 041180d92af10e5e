using Lifecycle.Domain.Scoring;

namespace Lifecycle.Domain.Tests.Scoring;

public sealed class RefusalSummaryTests
{
    [Theory]
    [InlineData("'no host' holds the character U+0020 at position 2", "'…' holds the character U+# at position #")]
    [InlineData("the input is empty", "the input is empty")]
    [InlineData("'never closed", "'")]
    public void Kind_OfAReason_IsTheReasonWithoutItsValues(string reason, string kind) => Assert.Equal(kind, RefusalSummary.KindOf(reason));

    [Fact]
    public void Summary_OfReasonsOfOneKind_CountsThemTogether()
    {
        RefusalSummary summary = new RefusalSummary().With(Row(1, "'a' is 300 bytes long")).With(Row(2, "'b' is 301 bytes long"));
        Assert.Equal(2, summary.Kinds["'…' is # bytes long"]);
        Assert.Equal(2, summary.Count);
    }

    [Fact]
    public void Summary_OfManyKinds_StaysSmall_AndCountsAll()
    {
        RefusalSummary summary = new();
        for (int i = 0; i < 500; i++)
        {
            summary = summary.With(Row(i, $"reason {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}"));
        }

        Assert.Equal(500, summary.Count);
        Assert.Equal(500, summary.Kinds.Values.Sum());
        Assert.Equal(21, summary.Kinds.Count);
        Assert.Equal(10, summary.Examples.Length);
    }

    [Fact]
    public void Examples_OfPartsInAnyOrder_AreTheFirstRows()
    {
        RefusalSummary first = Enumerable.Range(0, 15).Aggregate(new RefusalSummary(), (summary, line) => summary.With(Row(line, "x")));
        RefusalSummary second = Enumerable.Range(15, 15).Aggregate(new RefusalSummary(), (summary, line) => summary.With(Row(line, "x")));
        Assert.Equal(Enumerable.Range(0, 10).Select(line => (long)line), second.With(first).Examples.Select(row => row.Line));
        Assert.Equal(first.With(second).Examples, second.With(first).Examples);
    }

    private static RefusedRow Row(long line, string reason) => new("rows.csv", line, reason);
}
