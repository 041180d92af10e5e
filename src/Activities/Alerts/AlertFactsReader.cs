using System.Collections.Immutable;
using Lifecycle.Alerting.State;
using Lifecycle.Definitions;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Channels;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Alerts;

/// <summary>Looks how things stand: the engine's runs and schedules, the store's channels and observations, the backups' folders.</summary>
/// <param name="client">The engine.</param>
/// <param name="store">The blob store.</param>
/// <param name="file">Names the folders of backups.</param>
/// <param name="alerts">Has the observations.</param>
public sealed class AlertFactsReader(ITemporalClient client, IBlobStore store, AlertPolicyFile file, AlertStore alerts)
{
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(10);
    private readonly ReleaseChannels channels = new(store);

    /// <summary>The facts as of <paramref name="now"/>.</summary>
    public async Task<AlertFacts> ReadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        AlertPolicyReading reading = file.Read();
        return await ReadAsync(now, reading.Policy, cancellation) with { PolicyDefect = reading.Defect };
    }

    private async Task<AlertFacts> ReadAsync(DateTimeOffset now, AlertPolicy policy, CancellationToken cancellation) => new(now)
    {
        Approvals = [.. await ReadApprovalsAsync(cancellation).ToListAsync(cancellation)],
        Channels = [.. await ReadChannelsAsync(cancellation).ToListAsync(cancellation)],
        Schedules = [.. await ReadSchedulesAsync(cancellation).ToListAsync(cancellation)],
        Watches = [.. await alerts.WatchesAsync(cancellation)],
        Backups = policy.Rules.Values.OfType<AlertRule.BackupAge>().Select(rule => rule.Folder).Distinct()
            .ToImmutableSortedDictionary(folder => folder, NewestIn, StringComparer.Ordinal),
    };

    // What cannot answer may wait all the same: its start stands in, so that its alert does not seem to end.
    private async IAsyncEnumerable<WaitingApproval> ReadApprovalsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string query = $"{LifecycleSearchAttributes.Stage.Name} = '{nameof(RetrainingStage.Approval)}' AND ExecutionStatus = 'Running'";
        await foreach (WorkflowExecution waiting in client.ListWorkflowsAsync(query, new() { Rpc = new() { CancellationToken = cancellation } }))
        {
            (bool answered, PendingDecision? pending) = await PendingOfAsync(waiting, cancellation);
            if (pending is not null)
            {
                yield return new WaitingApproval(pending.Kind, pending.Model, pending.Channel, waiting.Id, pending.Since);
            }
            else if (!answered && WorkflowIds.TryParse(waiting.Id, out DecidedWorkflow? decided))
            {
                yield return new WaitingApproval(decided.Kind, decided.Model, decided.Channel ?? "", waiting.Id, waiting.StartTime);
            }
        }
    }

    private async Task<(bool Answered, PendingDecision? Pending)> PendingOfAsync(WorkflowExecution waiting, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(QueryLimit);
        try
        {
            // The three workflows share the query; which of them it is asked of does not matter.
            return (true, await client.GetWorkflowHandle<RetrainingWorkflow>(waiting.Id, waiting.RunId)
                .QueryAsync(workflow => workflow.Pending, new() { Rpc = new() { CancellationToken = limit.Token } }));
        }
        catch (Exception silent) when (silent is RpcException or WorkflowQueryFailedException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return (false, null);
        }
    }

    private async IAsyncEnumerable<ChannelFact> ReadChannelsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (string name in store.ListAsync("channels/", cancellation))
        {
            if (name.Split('/') is [_, var model, var file] && file.EndsWith(".json", StringComparison.Ordinal)
                && await channels.ReadAsync(model, file[..^5], cancellation) is { } live)
            {
                yield return new ChannelFact(live.Model, live.Channel, live.Version, live.MovedAt);
            }
        }
    }

    private async IAsyncEnumerable<ScheduleFact> ReadSchedulesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var schedule in client.ListSchedulesAsync(new() { Rpc = new() { CancellationToken = cancellation } }))
        {
            DateTimeOffset[] next = [.. (schedule.Info?.NextActionTimes ?? []).Select(time => new DateTimeOffset(time, TimeSpan.Zero))];
            yield return new ScheduleFact(schedule.Id, next is [var due, ..] ? due : null, schedule.Schedule?.State.Paused == true);
        }
    }

    private static DateTimeOffset? NewestIn(string folder) => !Directory.Exists(folder)
        ? null
        : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (DateTimeOffset?)new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero))
            .Max();
}
