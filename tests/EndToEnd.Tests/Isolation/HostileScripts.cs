using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Isolation;

/// <summary>Snapshot scripts that a worker must live through.</summary>
internal static class HostileScripts
{
    /// <summary>Runs for ever, in little memory.</summary>
    public const string Endless = "SELECT count(*)::VARCHAR AS host, 1 AS label FROM range(10000000000) a, range(10000000000) b WHERE a.range + b.range = -1\n";

    /// <summary>Runs work on a hostile script and puts the model's own back.</summary>
    public static async Task<T> WithAsync<T>(string modelFile, string script, Func<Task<T>> work)
    {
        string path = Path.Combine(Path.GetDirectoryName(modelFile)!, "rows.sql");
        string own = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, script);
        try
        {
            return await work();
        }
        finally
        {
            await File.WriteAllTextAsync(path, own);
        }
    }

    /// <summary>Starts a run with the heartbeat timeout that people have.</summary>
    public static Task<WorkflowHandle<RetrainingWorkflow, RetrainingState>> StartAsync(ITemporalClient client) => client.StartWorkflowAsync(
        (RetrainingWorkflow run) => run.RunAsync(new() { Model = SampleModel.Name, Snapshot = "2024-01", Trigger = new() { RequestedBy = "carol" } }),
        new(WorkflowIds.Retraining(SampleModel.Name), TaskQueues.Lifecycle));

    /// <summary>The typed failure that a run ends with.</summary>
    public static async Task<ApplicationFailureException> FailureAsync(WorkflowHandle<RetrainingWorkflow, RetrainingState> run)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        Exception? failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => run.GetResultAsync(rpcOptions: new() { CancellationToken = limit.Token }));
        while (failure?.InnerException is { } inner)
        {
            failure = inner;
        }

        return Assert.IsType<ApplicationFailureException>(failure);
    }
}
