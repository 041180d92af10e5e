using Lifecycle.LocalEngine.Tests.Running;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Lifecycle.LocalEngine.Tests.Killing;

/// <summary>One activity with a short timeout, so that what a kill lost is soon tried again.</summary>
[Workflow]
public class ImpatientWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Workflow.ExecuteActivityAsync(
        () => GreetingActivities.Greet(name),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(2), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50) } });
}

/// <summary>
/// The engine dies at each transaction of a run, once before and once after the commit; its worker sees it all, and every
/// run finishes.
/// </summary>
public sealed class FailpointTests
{
    // The start with the first workflow task; then one for each answer of the worker, which hands out the next task too.
    private const int Transactions = 4;

    [Fact]
    public Task Run_WhoseEngineDiesAtAnyOfItsTransactions_FinishesAfterARestart() =>
        Task.WhenAll(DieAndFinishAsync("before-commit"), DieAndFinishAsync("after-commit"));

    private static async Task DieAndFinishAsync(string failpoint)
    {
        await using var engine = new EngineProcess();
        await engine.StartAsync();
        var client = await TemporalClient.ConnectAsync(new(engine.FirstLine));
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("killed")
            .AddWorkflow<ImpatientWorkflow>()
            .AddAllActivities<GreetingActivities>(null));

        await worker.ExecuteAsync(async () =>
        {
            for (var transaction = 1; transaction <= Transactions; transaction++)
            {
                await DieAndFinishAsync(engine, client, $"{failpoint}:{transaction}");
            }
        });
    }

    private static async Task DieAndFinishAsync(EngineProcess engine, TemporalClient client, string failpoint)
    {
        var port = engine.Port;
        await engine.KillAsync();
        await engine.StartAsync(port, failpoint);

        // Asked again by another call, the engine is to name the run that it committed before it died.
        var options = new WorkflowOptions(failpoint, "killed") { TaskTimeout = TimeSpan.FromSeconds(1), IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting };
        var started = PatientlyAsync(() => client.StartWorkflowAsync((ImpatientWorkflow flow) => flow.RunAsync("Ada"), options));
        await engine.ExitedAsync();
        await engine.StartAsync(port);
        var run = await started;

        Assert.Equal("Hello, Ada!", await PatientlyAsync(() => run.GetResultAsync()));
        Assert.Single((await run.FetchHistoryAsync()).Events, recorded => recorded.ActivityTaskCompletedEventAttributes is not null);
    }

    // The client gives up after some seconds without an engine; on a busy machine a restart takes longer.
    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> call)
    {
        var result = default(T);
        await RunningEngine.UntilAsync(async () =>
        {
            try
            {
                result = await call();
                return true;
            }
            catch (RpcException refusal) when (refusal.Code == RpcException.StatusCode.Unavailable)
            {
                return false;
            }
        });
        return result!;
    }
}
