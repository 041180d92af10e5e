using Lifecycle.LocalEngine.Visibility.Queries;

namespace Lifecycle.LocalEngine.Tests.Visibility.Queries;

/// <summary>The expected texts are what the official server answered for the same query.</summary>
public sealed class QueryErrorTests
{
    [Theory]
    [InlineData("WorkflowId = ", "malformed SQL query: syntax error at position 40")]
    [InlineData("WorkflowId = 'a' AND", "malformed SQL query: syntax error at position 48")]
    [InlineData("(WorkflowId = 'a'", "malformed SQL query: syntax error at position 45")]
    [InlineData("WorkflowId IS 1", "malformed SQL query: syntax error at position 43 near '1'")]
    [InlineData("Stage IN ()", "malformed SQL query: syntax error at position 39")]
    [InlineData("KwA IN 'a'", "malformed SQL query: syntax error at position 38 near 'a'")]
    [InlineData("KwA = 'unterminated", "malformed SQL query: syntax error at position 47 near 'unterminated'")]
    [InlineData("KwA = 'x' XOR KwA='y'", "malformed SQL query: syntax error at position 41 near 'xor'")]
    [InlineData("KwA == 'a'", "malformed SQL query: syntax error at position 34")]
    public void Parse_BrokenText_SaysWhere(string query, string message) => AssertRefused(query, message);

    [Theory]
    [InlineData("foo = 'x'", "invalid expression: column name 'foo' is not a valid search attribute")]
    [InlineData("workflowid = 'x'", "invalid expression: column name 'workflowid' is not a valid search attribute")]
    [InlineData("a.b = 'x'", "invalid expression: column name 'a.b' is not a valid search attribute")]
    [InlineData("WorkflowId = x", "operation is not supported: column name on the right side of comparison expression (did you forget to quote 'x'?)")]
    [InlineData("WorkflowId", "invalid expression: incomplete expression")]
    [InlineData("WorkflowId LIKE 'a'", "invalid expression: invalid operator 'like' in `WorkflowId like 'a'`")]
    [InlineData("WorkflowId NOT LIKE 'a'", "invalid expression: invalid operator 'not like' in `WorkflowId not like 'a'`")]
    [InlineData("Urgent IS TRUE", "invalid expression: 'IS' operator can only be used with 'NULL' or 'NOT NULL'")]
    public void Compile_WrongExpression_NamesIt(string query, string message) => AssertRefused(query, message);

    [Theory]
    [InlineData("StartTime > 'yesterday'", "invalid expression: unable to parse datetime 'yesterday'")]
    [InlineData("StartTime > '2020-01-01'", "invalid expression: unable to parse datetime '2020-01-01'")]
    [InlineData("StartTime > '2020-13-01T00:00:00Z'", "invalid expression: unable to parse datetime '2020-13-01T00:00:00Z'")]
    [InlineData("ExecutionStatus = 'running'", "invalid expression: invalid ExecutionStatus value 'running'")]
    [InlineData("ExecutionStatus STARTS_WITH 'R'", "invalid expression: invalid ExecutionStatus value 'R'")]
    [InlineData("ExecutionDuration > 'xx'", "invalid value for search attribute ExecutionDuration: xx (invalid duration)")]
    [InlineData("Tags > 'x'", "invalid expression: operator '>' not supported for KeywordList type search attribute in `Tags > 'x'`")]
    [InlineData("Tags starts_with 'a'", "invalid expression: operator 'starts_with' not supported for KeywordList type search attribute in `Tags starts_with 'a'`")]
    [InlineData("Tags = 1", "invalid expression: unexpected value type (expected string, got 1)")]
    [InlineData("Tags IN (1)", "invalid expression: unexpected value type in tuple (expected string, got 1)")]
    [InlineData("Notes IN ('a')", "invalid expression: operator 'in' not supported for Text type search attribute in `Notes in ('a')`")]
    [InlineData("Notes = ' '", "invalid expression: unexpected value for Text type search attribute (no tokens found in ' ')")]
    [InlineData("Stage STARTS_WITH 1", "invalid expression: right-hand side of 'starts_with' must be a literal string (got: 1)")]
    [InlineData("Urgent BETWEEN 1 AND 2", "invalid expression: cannot do range condition on search attribute 'Urgent' of type Bool")]
    public void Compile_WrongValue_NamesIt(string query, string message) => AssertRefused(query, message);

    [Theory]
    [InlineData("GROUP BY ExecutionStatus", "operation is not supported: 'group by' clause")]
    [InlineData("WorkflowId = 'a' LIMIT 1", "operation is not supported: 'limit' clause")]
    public void List_WithClauseOfCounts_IsRefused(string query, string message) => AssertRefused(query, message);

    [Theory]
    [InlineData("GROUP BY WorkflowId", "operation is not supported: 'group by' clause is only supported for ExecutionStatus search attribute")]
    [InlineData("GROUP BY ExecutionStatus, WorkflowId", "operation is not supported: 'group by' clause supports only a single field")]
    [InlineData("GROUP BY ExecutionStatus ORDER BY WorkflowId", "operation is not supported: 'order by' clause")]
    public void Count_WithOtherClauses_IsRefused(string query, string message) =>
        Assert.Equal($"invalid query: {message}", Assert.Throws<InvalidQueryException>(() => QueryCompiler.ForCount(VisibilityQuery.Parse(query), VisibilityTable.Column)).Message);

    private static void AssertRefused(string query, string message) =>
        Assert.Equal($"invalid query: {message}", Assert.Throws<InvalidQueryException>(() => QueryCompiler.ForList(VisibilityQuery.Parse(query), VisibilityTable.Column)).Message);
}
