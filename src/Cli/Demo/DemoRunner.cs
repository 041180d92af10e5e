using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;

namespace Lifecycle.Cli.Demo;

/// <summary>Plays RetrainingRuns of a demo to their ends, with the demo engineers' Approvals.</summary>
/// <param name="stack">The running services.</param>
/// <param name="options">How they were started.</param>
/// <param name="tell">Told each line of progress.</param>
public sealed class DemoRunner(ServiceStack stack, StackOptions options, Action<string> tell)
{
    // The demo signs nothing: its runs are shown as asked for by somebody unverified, and need both engineers.
    private const string Requester = "demo";
    private readonly DemoMirror mirror = new(stack, options.Home);

    /// <summary>Starts a run by hand and plays it.</summary>
    public async Task<DemoRun> RunAsync(string model, string snapshot, CancellationToken cancellation)
    {
        RetrainingRequest request = new()
        {
            Model = model,
            Snapshot = snapshot,
            Trigger = new() { RequestedBy = Requester, Note = "the demo's story" },
        };
        tell($"retraining {model} on snapshot {snapshot}");
        LaunchResult launched = await RetrainingLaunch.StartAsync(EngineLine.Over(stack.Client), request, tell, cancellation);
        return await PlayAsync(model, launched.RunId, cancellation);
    }

    /// <summary>Follows a run that something else started, approves it, and keeps what it made.</summary>
    public async Task<DemoRun> PlayAsync(string model, string runId, CancellationToken cancellation)
    {
        var run = stack.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(Workflows.WorkflowIds.Retraining(model), runId);
        RunFollower follower = new(EngineLine.Over(stack.Client), run.Id, runId, stage => $"  {RunTables.Line(model, stage)}", tell);
        RetrainingState state = await follower.FollowAsync(waiting => waiting.Release is not null, cancellation);
        if (state.Outcome is null)
        {
            await ApproveAsync(run, cancellation);
            state = await follower.FollowAsync(_ => false, cancellation);
        }

        return await mirror.KeepAsync(state, cancellation);
    }

    private async Task ApproveAsync(WorkflowHandle<RetrainingWorkflow, RetrainingState> run, CancellationToken cancellation)
    {
        foreach (string engineer in DemoEngineers.Names)
        {
            using SigningKey key = new KeyFolder(options.Home.Root).Open(engineer);
            DecisionEnvelope envelope = await Decisions.SignAsync(
                run, DecisionKind.Approve, key, "", TimeSpan.FromHours(1), TimeProvider.System, cancellation);
            DecisionReceipt receipt = await Decisions.DeliverAsync(run, DecisionKind.Approve, envelope, cancellation);
            tell($"  approved by {receipt.Engineer} (DEMO KEY), {receipt.ApprovalCount} so far");
        }
    }
}
