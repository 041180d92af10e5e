using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Watching;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <content>Stage 11, Watch: begins here and outlives the run.</content>
public sealed partial class RetrainingWorkflow
{
    private const string WatchPatch = "watch-after-promotion";

    private static async Task StartWatchAsync(ChannelEntry live, TimeSpan heartbeatTimeout)
    {
        if (!Workflow.Patched(WatchPatch))
        {
            return;
        }

        PromotionWatchRequest request = new(live) { HeartbeatTimeout = heartbeatTimeout };
        try
        {
            await Workflow.StartChildWorkflowAsync(
                (PromotionWatchWorkflow watch) => watch.RunAsync(request),
                new()
                {
                    Id = WorkflowIds.PromotionWatch(live.Model, live.Channel, live.Version),
                    ParentClosePolicy = ParentClosePolicy.Abandon,
                    StaticSummary = $"watch of version {live.Version} of {live.Model}",
                });
        }
        catch (WorkflowAlreadyStartedException)
        {
            // The promotion was made by a run before this one, whose answer was lost: its watch is this one.
            return;
        }
    }
}
