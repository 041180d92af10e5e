using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Tests.Visibility.Queries;

public sealed class HostileQueryTests : IDisposable
{
    private readonly VisibilityTable table = new VisibilityTable().With("a").With("it's \"b\"");

    public void Dispose() => table.Dispose();

    [Theory]
    [InlineData("WorkflowId = 'it''s \"b\"'")]
    [InlineData("WorkflowId = 'it\\'s \"b\"'")]
    [InlineData("WorkflowId = \"it's \"\"b\"\"\"")]
    public void Find_QuotesInText_AreText(string query) => Assert.Equal("it's \"b\"", table.Find(query));

    [Theory]
    [InlineData("WorkflowId = 'x'' OR 1=1 --'")]
    [InlineData("WorkflowId = 'x\\'' OR WorkflowId = '); DROP TABLE runs; --'")]
    [InlineData("WorkflowId IN ('x'') OR 1 = 1 --')")]
    public void Find_SqlInsideText_MatchesNothing(string query) => Assert.Equal("", table.Find(query));

    [Theory]
    [InlineData("WorkflowId = 'x'; DROP TABLE runs")]
    [InlineData("WorkflowId = 'x' -- comment")]
    [InlineData("WorkflowId = 'x' /* comment */")]
    [InlineData("1 = 1")]
    [InlineData("exists (select 1 from runs)")]
    [InlineData("WorkflowId = (select id from runs)")]
    [InlineData("WorkflowId IN (select id from runs)")]
    [InlineData("load_extension('x') = 1")]
    [InlineData("`id` = 'a'")]
    [InlineData("`id) OR (1` = 'a'")]
    [InlineData("WorkflowId = 'a' UNION SELECT id FROM runs")]
    [InlineData("WorkflowId = $q0")]
    [InlineData("WorkflowId = ?")]
    [InlineData("WorkflowId = 0x41")]
    [InlineData("ORDER BY (select 1)")]
    [InlineData("ORDER BY 1; DROP TABLE runs")]
    [InlineData("\0")]
    [InlineData("WorkflowId = 'a' \u2028 OR")]
    public void Find_SqlOutsideText_IsRefused(string query)
    {
        Assert.Throws<InvalidQueryException>(() => table.Find(query));
        Assert.Equal("a it's \"b\"", table.Find(""));
    }

    [Fact]
    public void Compile_AnyLiteral_NeverReachesTheStatement()
    {
        var compiled = QueryCompiler.ForList(VisibilityQuery.Parse("WorkflowId = 'needle' AND HistoryLength = 424242 AND Tags IN ('needle')"), VisibilityTable.Column);
        Assert.DoesNotContain("needle", compiled.Where, StringComparison.Ordinal);
        Assert.DoesNotContain("424242", compiled.Where, StringComparison.Ordinal);
        Assert.Equal(["needle", 424242L, "needle"], compiled.Parameters);
    }

    [Fact]
    public void JsonMember_NameWithQuote_StaysInsideItsPath()
    {
        using var quoted = new VisibilityTable().With("a", attributes: """{"It's":"v"}""");
        Assert.Equal("a", quoted.Find("`It's` = 'v'"));
        Assert.Null(AttributeColumn.JsonMember("attributes", "a\" OR 1", IndexedValueType.Keyword));
    }

    [Fact]
    public void Parse_NestingAtTheLimit_IsAccepted() => Assert.Equal("a", table.Find(Nested("(", ")", 200)));

    [Theory]
    [InlineData("(", ")", 201)]
    [InlineData("NOT ", "", 201)]
    [InlineData("(", ")", 1_000_000)]
    public void Parse_NestingBeyondTheLimit_IsRefused(string open, string close, int depth)
    {
        var refused = Assert.Throws<InvalidQueryException>(() => table.Find(Nested(open, close, depth)));
        Assert.StartsWith("invalid query: malformed SQL query: max nesting level reached at position", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FiveThousandAlternatives_IsAnswered() =>
        Assert.Equal("a", table.Find(string.Join(" OR ", Enumerable.Range(0, 5000).Select(n => $"WorkflowId = '{n}'")) + " OR WorkflowId = 'a'"));

    [Fact]
    public void Find_MoreLiteralsThanAStatementHolds_IsRefused()
    {
        var query = $"WorkflowId IN ({string.Join(",", Enumerable.Repeat("'a'", QueryCompiler.MaxLiterals + 1))})";
        Assert.Equal("invalid query: operation is not supported: more than 10000 values", Assert.Throws<InvalidQueryException>(() => table.Find(query)).Message);
    }

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + "WorkflowId = 'a'" + string.Concat(Enumerable.Repeat(close, depth));
}
