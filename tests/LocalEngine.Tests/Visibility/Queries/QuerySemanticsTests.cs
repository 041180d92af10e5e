namespace Lifecycle.LocalEngine.Tests.Visibility.Queries;

public sealed class QuerySemanticsTests : IDisposable
{
    private readonly VisibilityTable table = new VisibilityTable()
        .With("a", status: 1, started: "2026-01-01T00:00:00Z", length: 5, attributes: """{"Stage":"Training","Score":0.5,"Urgent":1,"Tags":["x","y"],"Notes":["drift","measured"]}""")
        .With("b", status: 2, started: "2026-02-01T00:00:00.5Z", closed: "2026-02-02T00:00:00Z", length: 10, duration: 3_600_000_000_000, attributes: """{"Stage":"Export","Score":2,"Urgent":0,"Tags":["y"]}""")
        .With("c", status: 3, started: "2026-03-01T00:00:00Z", closed: "2026-03-01T01:00:00Z", length: 20, duration: 60_000_000_000);

    public void Dispose() => table.Dispose();

    [Theory]
    [InlineData("", "a b c")]
    [InlineData("WorkflowId = 'a'", "a")]
    [InlineData("WorkflowId != 'a'", "b c")]
    [InlineData("WorkflowId <> 'a'", "b c")]
    [InlineData("`WorkflowId` = \"a\"", "a")]
    [InlineData("WorkflowId IN ('a', 'c')", "a c")]
    [InlineData("WorkflowId NOT IN ('a', 'c')", "b")]
    [InlineData("WorkflowId BETWEEN 'a' AND 'b'", "a b")]
    [InlineData("WorkflowId not between 'a' and 'b'", "c")]
    [InlineData("HistoryLength >= 10 AND HistoryLength < 20", "b")]
    [InlineData("HistoryLength > -1", "a b c")]
    [InlineData("HistoryLength = '10'", "b")]
    [InlineData("HistoryLength <= 1e1", "a b")]
    public void Find_ByPlainColumn_ComparesByType(string query, string expected) => Assert.Equal(expected, table.Find(query));

    [Theory]
    [InlineData("ExecutionStatus = 'Running'", "a")]
    [InlineData("ExecutionStatus = 2", "b")]
    [InlineData("ExecutionStatus IN ('Completed', 'Failed')", "b c")]
    [InlineData("StartTime > '2026-01-15T00:00:00Z'", "b c")]
    [InlineData("StartTime = '2026-02-01T02:00:00.500000000+02:00'", "b")]
    [InlineData("StartTime < 1767225600000000100", "a")]
    [InlineData("CloseTime IS NULL", "a")]
    [InlineData("CloseTime IS NOT NULL", "b c")]
    [InlineData("CloseTime > '2026-02-15T00:00:00Z'", "a c")]
    [InlineData("ExecutionDuration >= '1h'", "b")]
    [InlineData("ExecutionDuration < '00:30:00'", "c")]
    [InlineData("ExecutionDuration = 60000000000", "c")]
    public void Find_BySystemAttribute_ReadsItsLiterals(string query, string expected) => Assert.Equal(expected, table.Find(query));

    [Theory]
    [InlineData("Stage = 'Training'", "a")]
    [InlineData("Stage != 'Training'", "b")]
    [InlineData("Stage IS NULL", "c")]
    [InlineData("Stage STARTS_WITH 'Exp'", "b")]
    [InlineData("Stage NOT STARTS_WITH 'Exp'", "a")]
    [InlineData("Stage STARTS_WITH '%'", "")]
    [InlineData("Score > 0.5", "b")]
    [InlineData("Score BETWEEN 0 AND 1", "a")]
    [InlineData("Urgent = true", "a")]
    [InlineData("Urgent = 'false'", "b")]
    [InlineData("Tags = 'y'", "a b")]
    [InlineData("Tags != 'x'", "b c")]
    [InlineData("Tags IN ('x', 'z')", "a")]
    [InlineData("Tags NOT IN ('x', 'z')", "b c")]
    [InlineData("Notes = 'DRIFT, surely'", "a")]
    [InlineData("Notes != 'drift'", "b c")]
    public void Find_ByCustomAttribute_LooksIntoTheDocument(string query, string expected) => Assert.Equal(expected, table.Find(query));

    [Theory]
    [InlineData("WorkflowId = 'a' OR WorkflowId = 'b' AND HistoryLength > 100", "a")]
    [InlineData("(WorkflowId = 'a' OR WorkflowId = 'b') AND HistoryLength > 5", "b")]
    [InlineData("NOT WorkflowId = 'a' AND NOT WorkflowId = 'b'", "c")]
    [InlineData("NOT (WorkflowId = 'a' || WorkflowId = 'b') && HistoryLength > 0", "c")]
    [InlineData("not not WorkflowId = 'a'", "a")]
    public void Find_ByCombination_BindsNotThenAndThenOr(string query, string expected) => Assert.Equal(expected, table.Find(query));

    [Theory]
    [InlineData("ORDER BY HistoryLength DESC", "c b a")]
    [InlineData("HistoryLength > 5 ORDER BY WorkflowId desc", "c b")]
    [InlineData("order by Stage asc, WorkflowId", "b a c")]
    [InlineData("ORDER BY CloseTime DESC", "a c b")]
    public void Find_Ordered_FollowsTheClause(string query, string expected) => Assert.Equal(expected, table.Find(query));

    [Fact]
    public void Count_GroupedByStatus_CountsEachStatus() =>
        Assert.Equal(["2:1", "3:1"], table.Count("HistoryLength > 5 GROUP BY ExecutionStatus"));

    [Fact]
    public void Count_Plain_CountsMatches() => Assert.Equal(["all:2"], table.Count("HistoryLength > 5"));
}
