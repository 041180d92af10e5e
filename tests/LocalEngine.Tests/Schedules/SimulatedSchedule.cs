using Google.Protobuf;
using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using ScheduleState = Lifecycle.LocalEngine.Schedules.ScheduleState;

namespace Lifecycle.LocalEngine.Tests.Schedules;

/// <summary>A schedule on a clock of its own, and the workflows it starts, which run until the test closes them.</summary>
internal sealed class SimulatedSchedule : IScheduleActions
{
    private readonly List<StartWorkflowExecutionRequest> started = [];
    private readonly List<string> stopped = [];

    public SimulatedSchedule(Schedule definition, string now = "2026-01-01T00:00:00Z")
    {
        Now = SpecText.At(now);
        State = new()
        {
            Namespace = "default",
            ScheduleId = "s",
            Definition = ScheduleDefinition.Complete(definition),
            CreatedAt = Now,
            SettledUntil = Now,
        };
    }

    public DateTimeOffset Now { get; private set; }

    public ScheduleState State { get; private set; }

    /// <summary>Ids whose start is refused, as if a workflow of that id were there.</summary>
    public HashSet<string> Barred { get; } = [];

    public IReadOnlyList<StartWorkflowExecutionRequest> Started => started;

    /// <summary>Nominal times of the started workflows, as written in their ids.</summary>
    public IEnumerable<string> StartedTimes => started.Select(request => request.WorkflowId["wf-".Length..]);

    public IReadOnlyList<string> Stopped => stopped;

    public static Schedule Definition(ScheduleSpec spec, ScheduleOverlapPolicy overlap = ScheduleOverlapPolicy.Unspecified) => new()
    {
        Spec = spec,
        Action = new() { StartWorkflow = new() { WorkflowId = "wf", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "q" } } },
        Policies = new() { OverlapPolicy = overlap },
        State = new(),
    };

    public static Schedule Hourly(ScheduleOverlapPolicy overlap = ScheduleOverlapPolicy.Unspecified) => Definition(SpecText.Every(3600), overlap);

    public DateTimeOffset? WakeAt() => new ScheduleStep(State, Now, this).WakeAt();

    /// <summary>Lets time pass, waking the schedule whenever it asks to be.</summary>
    public SimulatedSchedule PassTo(string time, bool closing = false)
    {
        var end = SpecText.At(time);
        while (WakeAt() is { } wake && wake <= end)
        {
            Now = wake > Now ? wake : Now;
            Step(step => step.Advance());
            if (closing)
            {
                CloseAll();
            }
        }

        Now = end;
        return this;
    }

    /// <summary>The engine was down until then: the schedule is woken once, late.</summary>
    public SimulatedSchedule WakeLate(string time)
    {
        Now = SpecText.At(time);
        return Step(step => step.Advance());
    }

    public SimulatedSchedule Patch(SchedulePatch patch) => Step(step => step.Patch(patch));

    public SimulatedSchedule Update(Schedule definition) => Step(step => step.Update(ScheduleDefinition.Complete(definition), null, null));

    public SimulatedSchedule Close(int index, WorkflowExecutionStatus status = WorkflowExecutionStatus.Completed, string? result = null, string? failure = null)
    {
        var execution = new WorkflowExecution { WorkflowId = started[index].WorkflowId, RunId = $"run-{index}" };
        return Step(step => step.Close(new(execution, status)
        {
            Result = result is null ? null : new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(result) } } },
            Failure = failure is null ? null : new() { Message = failure },
        }));
    }

    public string? Start(StartWorkflowExecutionRequest request)
    {
        if (Barred.Contains(request.WorkflowId))
        {
            return null;
        }

        started.Add(request);
        return $"run-{started.Count - 1}";
    }

    public void Cancel(WorkflowExecution firstRun, string reason, string identity) => stopped.Add($"cancel {firstRun.RunId}: {reason}");

    public void Terminate(WorkflowExecution firstRun, string reason, string identity) => stopped.Add($"terminate {firstRun.RunId}: {reason}");

    /// <summary>A dead worker is back: what runs completes, and so does what waited for it.</summary>
    public SimulatedSchedule CloseRunning()
    {
        while (!State.Running.IsEmpty)
        {
            CloseAll();
        }

        return this;
    }

    private void CloseAll()
    {
        foreach (var running in State.Running)
        {
            Close(int.Parse(running.RunId["run-".Length..], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private SimulatedSchedule Step(Action<ScheduleStep> act)
    {
        var step = new ScheduleStep(State, Now, this);
        act(step);
        State = step.State;
        return this;
    }
}
