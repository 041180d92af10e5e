using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Scheduling;

/// <summary>A schedule's actions as part of a turn: they are stored by the transaction that stores the schedule.</summary>
internal sealed class TurnScheduleActions(Turn turn, string @namespace, SearchAttributeCheck check) : IScheduleActions
{
    public string? Start(StartWorkflowExecutionRequest request)
    {
        try
        {
            return WorkflowStarter.Start(turn, request, check).Run.State.RunId;
        }
        catch (RefusedException)
        {
            // A workflow of that id is there already, or the action has become impossible: the time passes without it.
            return null;
        }
    }

    public void Cancel(WorkflowExecution firstRun, string reason, string identity) =>
        Step(firstRun, transition => Requests.Cancel(transition, new CancelRequest(reason, identity)));

    public void Terminate(WorkflowExecution firstRun, string reason, string identity) =>
        Step(firstRun, transition => Closing.Terminate(transition, reason, details: null, identity));

    private void Step(WorkflowExecution firstRun, Action<Transition> step)
    {
        var run = turn.Runs.FindCurrent(@namespace, firstRun.WorkflowId);
        if (run is { State.IsOpen: true } && run.State.Started.FirstExecutionRunId == firstRun.RunId)
        {
            var transition = turn.Step(run);
            step(transition);
            turn.Accept(run, transition);
        }
    }
}
