using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Engines;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>One scenario on one engine: names for its workflows, and the histories that are compared afterwards.</summary>
public sealed class ScenarioRun(RunningEngine engine, string scenario)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly List<(string Id, string? RunId)> recorded = [];

    public ITemporalClient Client => engine.Client;

    public RunningEngine Engine => engine;

    /// <summary>A workflow id of this scenario's own, the same on both engines; its latest run's history is compared.</summary>
    public string Id(string name = "main")
    {
        var id = Unrecorded(name);
        recorded.Add((id, null));
        return id;
    }

    /// <summary>A workflow or schedule id whose history is not compared.</summary>
    public string Unrecorded(string name) => $"{scenario}/{name}";

    /// <summary>Compares one run's history, where the latest is not enough.</summary>
    public void Record(string id, string? runId) => recorded.Add((id, runId));

    public WorkflowOptions Options(string id) => new(id, RunningEngine.TaskQueue);

    /// <summary>The description as the service sends it, with what the client leaves out.</summary>
    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(string id) => Client.WorkflowService.DescribeWorkflowExecutionAsync(
        new() { Namespace = "default", Execution = new() { WorkflowId = id } });

    /// <summary>Waits until the condition holds; the limit ends a scenario that never gets there.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(25);
        }
    }

    public async Task<ImmutableArray<WorkflowHistory>> HistoriesAsync()
    {
        var histories = ImmutableArray.CreateBuilder<WorkflowHistory>();
        foreach (var (id, runId) in recorded)
        {
            histories.Add(await Client.GetWorkflowHandle(id, runId).FetchHistoryAsync());
        }

        return histories.ToImmutable();
    }
}
