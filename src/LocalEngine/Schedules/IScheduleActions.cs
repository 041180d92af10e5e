using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// What a schedule does to workflows. The engine carries it out in the transaction that keeps the schedule's new state,
/// so an action and the memory of it stand or fall together.
/// </summary>
internal interface IScheduleActions
{
    /// <summary>Starts a workflow and returns its run id, or null where a workflow of that id bars the start.</summary>
    string? Start(StartWorkflowExecutionRequest request);

    /// <summary>Asks the open run of a chain to cancel; nothing happens where the chain has closed.</summary>
    void Cancel(WorkflowExecution firstRun, string reason, string identity);

    /// <summary>Terminates the open run of a chain; nothing happens where the chain has closed.</summary>
    void Terminate(WorkflowExecution firstRun, string reason, string identity);
}
