using System.Diagnostics;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Lifecycle.EngineThroughput;

/// <summary>One trivial activity.</summary>
[Workflow]
public class OneActivityWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync(int number) => Workflow.ExecuteActivityAsync(
        () => TrivialActivity.Next(number),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}

/// <summary>The activity of <see cref="OneActivityWorkflow"/>.</summary>
public static class TrivialActivity
{
    [Activity]
    public static int Next(int number) => number + 1;
}

/// <summary>Milliseconds of a workflow from start to result, one at a time; and workflows a second with many in flight.</summary>
internal sealed record Measurement(string Server, double P50Milliseconds, double P99Milliseconds, double PerSecond);

/// <summary>The same work for every server: client and worker in this process, the server in another.</summary>
internal sealed class Workload(int sequential, int total, int inFlight)
{
    private const string TaskQueue = "bench";
    private const int WarmUp = 100;

    public async Task<Measurement> MeasureAsync(Server server, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("engine-bench-").FullName;
        var (process, target) = await server.Start(directory);
        try
        {
            var client = await TemporalClient.ConnectAsync(new(target));
            using var worker = new TemporalWorker(client, new TemporalWorkerOptions(TaskQueue) { MaxConcurrentWorkflowTasks = 200, MaxConcurrentActivities = 200 }
                .AddWorkflow<OneActivityWorkflow>()
                .AddActivity(TrivialActivity.Next));
            return await worker.ExecuteAsync(() => MeasureAsync(server, client), cancellationToken);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<Measurement> MeasureAsync(Server server, TemporalClient client)
    {
        // A server that takes 20 workflows a second would take minutes for what another does in seconds.
        var count = server.IsReduced ? total / 10 : total;
        var warmUp = server.IsReduced ? WarmUp / 5 : WarmUp;
        await RunAsync(client, "warm-up", warmUp, parallel: 10);
        var latencies = new List<double>();
        for (var number = 0; number < sequential / (server.IsReduced ? 3 : 1); number++)
        {
            var began = Stopwatch.GetTimestamp();
            await OneAsync(client, $"sequential-{number}", number);
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var start = Stopwatch.GetTimestamp();
        await RunAsync(client, "parallel", count, inFlight);
        var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        latencies.Sort();
        return new(server.Name, Quantile(latencies, 0.5), Quantile(latencies, 0.99), rate);
    }

    private static async Task RunAsync(TemporalClient client, string prefix, int count, int parallel)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
            {
                await OneAsync(client, $"{prefix}-{number}", number);
            }
        }));
    }

    private static async Task OneAsync(TemporalClient client, string id, int number)
    {
        var result = await client.ExecuteWorkflowAsync((OneActivityWorkflow flow) => flow.RunAsync(number), new(id, TaskQueue));
        if (result != number + 1)
        {
            throw new InvalidOperationException($"Workflow {id} returned {result}, expected {number + 1}.");
        }
    }

    private static double Quantile(List<double> sorted, double quantile) => sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * quantile)];
}
