using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Client;
using Temporalio.Common;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Listing and counting by query.</summary>
internal static class VisibilityScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("list-by-query", ListAsync),
        new("list-pages", PagesAsync),
        new("count-by-status", CountAsync),
    ];

    /// <summary>Queries over three workflows a, b and c, and the ones that match.</summary>
    private static ImmutableArray<(string Query, string Matches)> Queries { get; } =
    [
        ("ConformanceModel = 'alpha'", "a"),
        ("ConformanceModel != 'alpha'", "b"),
        ("ConformanceModel IS NULL", "c"),
        ("ConformanceModel IN ('alpha', 'beta')", "a b"),
        ("ConformanceModel NOT IN ('alpha')", "b"),
        ("ConformanceModel STARTS_WITH 'al'", "a"),
        ("ConformanceModel NOT STARTS_WITH 'al'", "b"),
        ("ConformanceRows > 10", "b"),
        ("ConformanceRows BETWEEN 5 AND 15", "a"),
        ("ConformanceScore >= 0.5", "a b"),
        ("ConformanceUrgent = true", "a"),
        ("ConformanceDue < '2026-06-01T00:00:00Z'", "a"),
        ("ConformanceTags = 'x'", "a b"),
        ("ConformanceTags != 'x'", "c"),
        ("ConformanceTags IN ('y', 'z')", "b"),
        ("ConformanceNotes = 'drift'", "a"),
        ("ExecutionStatus = 'Completed'", "a b"),
        ("ExecutionStatus = 'Running' OR ConformanceRows = 7", "a c"),
        ("NOT (ConformanceRows = 7) AND ExecutionStatus = 'Completed'", "b"),
        ("CloseTime IS NULL", "c"),
        ("CloseTime IS NOT NULL AND StartTime > '2020-01-01T00:00:00Z'", "a b"),
        ("WorkflowType = 'WaiterWorkflow'", "c"),
        ("TaskQueue = 'conformance' AND HistoryLength > 6", "a b"),
        ("ExecutionDuration < '5m'", "a b"),
        ("RunId = 'none'", ""),
    ];

    private static async Task ListAsync(ScenarioRun run)
    {
        await StartAsync(run);
        foreach (var (query, matches) in Queries)
        {
            Assert.Equal((query, matches), (query, await FindAsync(run, query)));
        }

        await run.Client.GetWorkflowHandle(run.Unrecorded("c")).TerminateAsync();
    }

    private static async Task PagesAsync(ScenarioRun run)
    {
        await StartAsync(run);
        var token = Array.Empty<byte>();
        var sizes = new List<int>();
        do
        {
            var page = await run.Client.ListWorkflowsPaginatedAsync(Own(run, "WorkflowType != 'none'"), token, new() { PageSize = 2 });
            sizes.Add(page.Workflows.Count);
            token = page.NextPageToken;
        }
        while (token is { Length: > 0 });
        Assert.Equal([2, 1], sizes.Where(size => size > 0));
        await run.Client.GetWorkflowHandle(run.Unrecorded("c")).TerminateAsync();
    }

    private static async Task CountAsync(ScenarioRun run)
    {
        await StartAsync(run);
        Assert.Equal(3, (await run.Client.CountWorkflowsAsync(Own(run, "WorkflowType != 'none'"))).Count);
        var grouped = await run.Client.CountWorkflowsAsync($"{Own(run, "WorkflowType != 'none'")} GROUP BY ExecutionStatus");
        Assert.Equal(3, grouped.Count);
        Assert.Equal(["Completed: 2", "Running: 1"], grouped.Groups
            .Select(group => $"{group.GroupValues.Single()}: {group.Count}").Order(StringComparer.Ordinal));
        await run.Client.GetWorkflowHandle(run.Unrecorded("c")).TerminateAsync();
    }

    /// <summary>Two that complete and one that runs on, of which the index knows when this returns.</summary>
    private static async Task StartAsync(ScenarioRun run)
    {
        await CompleteAsync(run, "a", new SearchAttributeCollection.Builder()
            .Set(SuiteAttributes.Model, "alpha").Set(SuiteAttributes.Rows, 7).Set(SuiteAttributes.Score, 0.5).Set(SuiteAttributes.Urgent, true)
            .Set(SuiteAttributes.Due, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Set(SuiteAttributes.Notes, "measured Drift").Set(SuiteAttributes.Tags, ["x"]));
        await CompleteAsync(run, "b", new SearchAttributeCollection.Builder()
            .Set(SuiteAttributes.Model, "beta").Set(SuiteAttributes.Rows, 20).Set(SuiteAttributes.Score, 0.75).Set(SuiteAttributes.Urgent, false)
            .Set(SuiteAttributes.Due, new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)).Set(SuiteAttributes.Tags, ["x", "y"]));
        await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(run.Unrecorded("c")));
        await ScenarioRun.EventuallyAsync(async () => await FindAsync(run, "ExecutionStatus = 'Completed'") == "a b" && await FindAsync(run, "CloseTime IS NULL") == "c", "the index");
    }

    private static async Task CompleteAsync(ScenarioRun run, string name, SearchAttributeCollection.Builder attributes)
    {
        var options = run.Options(run.Unrecorded(name));
        options.TypedSearchAttributes = attributes.ToSearchAttributeCollection();
        await run.Client.ExecuteWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync(name), options);
    }

    private static async Task<string> FindAsync(ScenarioRun run, string query)
    {
        var found = new List<string>();
        await foreach (var workflow in run.Client.ListWorkflowsAsync(Own(run, query)))
        {
            found.Add(workflow.Id[run.Unrecorded("").Length..]);
        }

        return string.Join(' ', found.Order(StringComparer.Ordinal));
    }

    private static string Own(ScenarioRun run, string query) => $"WorkflowId STARTS_WITH '{run.Unrecorded("")}' AND ({query})";
}
