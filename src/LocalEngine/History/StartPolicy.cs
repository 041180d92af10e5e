using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>What a start comes to where the workflow id was used before.</summary>
internal enum StartVerdict
{
    /// <summary>A new run may begin.</summary>
    Begin,

    /// <summary>The open run is what the caller wants.</summary>
    UseExisting,

    /// <summary>The open run is terminated, then a new one begins.</summary>
    TerminateExisting,

    /// <summary>The start is refused.</summary>
    Refuse,
}

/// <summary>
/// The policies for a workflow id that is in use (conflict) or was used (reuse). The deprecated reuse policy
/// TerminateIfRunning stands for the conflict policy that replaced it.
/// </summary>
internal static class StartPolicy
{
    public static StartVerdict Decide(RunState existing, WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict) => existing.IsOpen
        ? OnOpen(reuse == WorkflowIdReusePolicy.TerminateIfRunning ? WorkflowIdConflictPolicy.TerminateExisting : conflict)
        : AllowsNewRun(existing, reuse) ? StartVerdict.Begin : StartVerdict.Refuse;

    public static bool AllowsNewRun(RunState existing, WorkflowIdReusePolicy reuse) => !existing.IsOpen && reuse switch
    {
        WorkflowIdReusePolicy.RejectDuplicate => false,
        WorkflowIdReusePolicy.AllowDuplicateFailedOnly =>
            existing.Status is not (WorkflowExecutionStatus.Completed or WorkflowExecutionStatus.ContinuedAsNew),
        _ => true,
    };

    private static StartVerdict OnOpen(WorkflowIdConflictPolicy conflict) => conflict switch
    {
        WorkflowIdConflictPolicy.UseExisting => StartVerdict.UseExisting,
        WorkflowIdConflictPolicy.TerminateExisting => StartVerdict.TerminateExisting,
        _ => StartVerdict.Refuse,
    };
}
