using Lifecycle.Domain.Runs;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Approvals;

/// <summary>
/// Lists a workflow that is no RetrainingRun among those that wait for a decision. Part of workflow code: its commands are a marker and
/// an upsert of the stage, and nothing in runs that began before there was such a list.
/// </summary>
internal static class WaitingStage
{
    private const string Patch = "what waits is listed";

    /// <summary>The waiting begins.</summary>
    public static void Begin() => Upsert(RetrainingStage.Approval);

    /// <summary>The waiting is over.</summary>
    public static void End() => Upsert(RetrainingStage.Promotion);

    private static void Upsert(RetrainingStage stage)
    {
        if (Workflow.Patched(Patch))
        {
            Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Stage.ValueSet(stage.ToString()));
        }
    }
}
