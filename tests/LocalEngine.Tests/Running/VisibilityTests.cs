using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class VisibilityTests : IAsyncLifetime
{
    private static readonly SearchAttributeKey<string> Model = SearchAttributeKey.CreateKeyword("LifecycleModel");
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task List_ByAnAttribute_FindsTheRunsThatCarryIt()
    {
        await StartAsync("a", "cats");
        await StartAsync("b", "dogs");
        await StartAsync("c", "cats");

        Assert.Equal(["a", "c"], await ListAsync("LifecycleModel = 'cats' ORDER BY WorkflowId"));
        Assert.Equal(["b"], await ListAsync("LifecycleModel != 'cats' AND ExecutionStatus = 'Running'"));
    }

    [Fact]
    public async Task List_InPages_GivesEachRunOnce()
    {
        foreach (var number in Enumerable.Range(0, 7))
        {
            await StartAsync($"run-{number}", "cats");
        }

        var found = new List<string>();
        var token = Google.Protobuf.ByteString.Empty;
        do
        {
            var page = await engine.Client.Connection.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", PageSize = 3, NextPageToken = token });
            Assert.InRange(page.Executions.Count, 0, 3);
            found.AddRange(page.Executions.Select(run => run.Execution.WorkflowId));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);

        Assert.Equal(Enumerable.Range(0, 7).Select(number => $"run-{number}"), found.Order());
    }

    [Fact]
    public async Task Count_GroupedByStatus_CountsEachStatus()
    {
        await StartAsync("a", "cats");
        await StartAsync("b", "cats");
        await engine.Client.GetWorkflowHandle("b").TerminateAsync();

        var count = await engine.Client.CountWorkflowsAsync("GROUP BY ExecutionStatus");

        Assert.Equal(2, count.Count);
        Assert.Equal(
            [("Running", 1L), ("Terminated", 1L)],
            count.Groups.Select(group => (group.GroupValues.Single().ToString()!, group.Count)));
    }

    [Fact]
    public async Task Query_ThatIsNone_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => ListAsync("LifecycleModel ="));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, refusal.Code);
    }

    [Fact]
    public async Task Run_Deleted_IsGoneFromListsAndHistories()
    {
        await StartAsync("a", "cats");

        await engine.Client.Connection.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "a" } });

        Assert.Empty(await ListAsync(""));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => engine.Client.GetWorkflowHandle("a").FetchHistoryAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, refusal.Code);
    }

    [Fact]
    public async Task SearchAttribute_AddedAndRemoved_IsKnownInBetween()
    {
        var operators = engine.Client.Connection.OperatorService;
        await operators.AddSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { ["Score"] = IndexedValueType.Int } });
        Assert.Empty(await ListAsync("Score > 3"));
        Assert.Equal(IndexedValueType.Int, (await operators.ListSearchAttributesAsync(new() { Namespace = "default" })).CustomAttributes["Score"]);

        await operators.RemoveSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { "Score" } });

        await Assert.ThrowsAsync<RpcException>(() => ListAsync("Score > 3"));
    }

    [Fact]
    public async Task Namespace_Registered_HasRunsOfItsOwn()
    {
        await StartAsync("a", "cats");
        await engine.Client.Connection.WorkflowService.RegisterNamespaceAsync(new() { Namespace = "other" });

        var others = await engine.Client.Connection.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "other" });
        var unknown = await Assert.ThrowsAsync<RpcException>(() =>
            engine.Client.Connection.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "none" }));

        Assert.Empty(others.Executions);
        Assert.Equal(RpcException.StatusCode.NotFound, unknown.Code);
    }

    private Task<WorkflowHandle<WordsWorkflow, string>> StartAsync(string id, string model) => engine.Client.StartWorkflowAsync(
        (WordsWorkflow flow) => flow.RunAsync(),
        new(id, "visibility") { TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Model, model).ToSearchAttributeCollection() });

    private async Task<List<string>> ListAsync(string query)
    {
        var found = new List<string>();
        await foreach (var run in engine.Client.ListWorkflowsAsync(query))
        {
            found.Add(run.Id);
        }

        return found;
    }
}
