using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Retraining;

namespace Lifecycle.Client.Runs;

/// <summary>Follows a RetrainingRun, and tells each change of a stage once.</summary>
public sealed class RunFollower
{
    private readonly WorkflowFollower<RetrainingWorkflow, RetrainingState> follower;
    private readonly Dictionary<RetrainingStage, StageStatus> known = [];
    private readonly Func<StageProgress, string> text;

    /// <summary>Makes a follower.</summary>
    /// <param name="line">The engine.</param>
    /// <param name="workflowId">The run's workflow.</param>
    /// <param name="runId">The run; null follows the latest.</param>
    /// <param name="text">The line for a stage that changed.</param>
    /// <param name="tell">Writes a line.</param>
    public RunFollower(EngineLine line, string workflowId, string? runId, Func<StageProgress, string> text, Action<string> tell)
    {
        this.text = text;
        follower = new(line, workflowId, runId, tell, TimeProvider.System) { Outside = Outside };
    }

    /// <summary>Follows until the run is closed, or <paramref name="enough"/> says so; returns the last state seen.</summary>
    public Task<RetrainingState> FollowAsync(Func<RetrainingState, bool> enough, CancellationToken cancellation) =>
        follower.FollowAsync(workflow => workflow.State, Tell, state => state.Outcome is null && enough(state), cancellation);

    private static string Outside(RetrainingState? state) => state is { Release: { } release, Publication: null }
        ? $"approval of release {Sha256Digest.Short(release.Digest)}, {state.Decisions.Count(decision => decision.Statement.Decision == DecisionKind.Approve)} so far: lifecycle approve {state.Model} --as NAME"
        : "a timer or another workflow";

    private void Tell(RetrainingState state)
    {
        foreach (StageProgress stage in state.Stages.Where(stage => stage.Status != StageStatus.Pending))
        {
            if (!known.TryGetValue(stage.Stage, out StageStatus before) || before != stage.Status)
            {
                known[stage.Stage] = stage.Status;
                follower.Tell(text(stage));
            }
        }
    }
}
