using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Channels;

/// <summary>
/// Keeper of one ReleaseChannel: everything that moves it passes here, one at a time. The durable truth is the channel's
/// blobs; the keeper holds no state of its own and continues as new when its history has grown.
/// </summary>
[Workflow]
public sealed class ChannelWorkflow
{
    private readonly StageActivities activities = new(heartbeatTimeout: TimeSpan.FromSeconds(10));
    private readonly Temporalio.Workflows.Mutex moving = new();
    private ChannelEntry? live;

    /// <summary>The newest version that this execution of the keeper has made; null before its first move.</summary>
    [WorkflowQuery]
    public ChannelEntry? Live => live;

    /// <summary>Waits for moves, for as long as the channel exists.</summary>
    [WorkflowRun]
    public async Task RunAsync(ChannelName channel)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(channel.Model));
        await Workflow.WaitConditionAsync(() => Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished);
        throw Workflow.CreateContinueAsNewException((ChannelWorkflow keeper) => keeper.RunAsync(channel));
    }

    /// <summary>Moves the channel to the version of <paramref name="entry"/>; the same entry twice is one move.</summary>
    [WorkflowUpdate(Description = "Moves the release channel to a publication, by promotion or rollback.")]
    public async Task<ChannelEntry> MoveAsync(ChannelEntry entry)
    {
        await moving.WaitOneAsync();
        try
        {
            live = await Workflow.ExecuteActivityAsync(
                (IChannelActivity activity) => activity.MoveChannelAsync(entry),
                activities.Publish($"{entry.Move} to version {entry.Version}"));
            Workflow.CurrentDetails =
                $"### {entry.Model} on {entry.Channel}\n\nversion {live.Version}: `{live.Publication.ReleaseDigest}`, snapshot {live.Snapshot}";
            return live;
        }
        finally
        {
            moving.ReleaseMutex();
        }
    }

    /// <summary>Refuses an entry that belongs to another channel.</summary>
    [WorkflowUpdateValidator(nameof(MoveAsync))]
    public void ValidateMove(ChannelEntry entry)
    {
        if (entry?.Publication is null)
        {
            throw new ApplicationFailureException(
                "the entry names no publication; 'lifecycle channel history MODEL --json' shows what an entry looks like",
                errorType: FailureTypes.ChannelMoved,
                nonRetryable: true);
        }

        string id = WorkflowIds.Channel(entry.Model, entry.Channel);
        if (id != Workflow.Info.WorkflowId)
        {
            throw new ApplicationFailureException(
                $"the entry is for {id}, this is {Workflow.Info.WorkflowId}", errorType: FailureTypes.ChannelMoved, nonRetryable: true);
        }
    }
}
