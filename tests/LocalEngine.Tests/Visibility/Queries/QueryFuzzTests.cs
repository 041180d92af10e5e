using Lifecycle.LocalEngine.Visibility.Queries;

namespace Lifecycle.LocalEngine.Tests.Visibility.Queries;

/// <summary>Random texts, each from its seed: a query is answered or refused, and nothing else ever happens.</summary>
public sealed class QueryFuzzTests
{
    private static readonly string[] Pieces =
    [
        "WorkflowId", "Stage", "Tags", "Notes", "Score", "CloseTime", "ExecutionStatus", "`It's`", "=", "!=", "<", ">=", "<>", "(", ")", ",", "AND", "OR",
        "NOT", "IN", "BETWEEN", "IS", "NULL", "STARTS_WITH", "LIKE", "'a'", "'it''s'", "\"b\"", "'", "\"", "`", "1", "-2.5", "1e9", "1e999", "99999999999999999999",
        "true", "'2026-01-01T00:00:00Z'", "'Running'", "ORDER BY", "GROUP BY", "DESC", ";", "--", "/*", "\\", "\0", "é", "😀", "select", "drop table runs", "$q0", "?", "x",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_RandomText_IsAnsweredOrRefused(int seed)
    {
        using var table = new VisibilityTable().With("a", attributes: """{"Stage":"x","Tags":["y"]}""").With("b");
        var random = new Random(seed);
        var answered = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var query = string.Join(random.Next(4) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (Record.Exception(() => table.Find(query)) is { } refusal)
            {
                Assert.True(refusal is InvalidQueryException, $"{query}: {refusal}");
            }
            else
            {
                answered++;
            }
        }

        Assert.InRange(answered, 1, 20_000);
        Assert.Equal("a b", table.Find(""));
    }
}
