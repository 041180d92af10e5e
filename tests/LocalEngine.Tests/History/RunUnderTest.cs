using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Tests.History;

/// <summary>One run of the pure state machine, with a clock that stands still until it is moved.</summary>
internal sealed class RunUnderTest
{
    private int identifiers;

    public RunUnderTest(Action<WorkflowExecutionStartedEventAttributes>? configure = null)
    {
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = "run",
            WorkflowType = new() { Name = "Tested" },
            TaskQueue = new() { Name = "queue" },
        };
        configure?.Invoke(started);
        var begin = Starting.Begin("default", started, null, Now, NewId);
        WorkflowTasks.Schedule(begin);
        Take(begin);
    }

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public RunState State { get; private set; } = null!;

    public List<HistoryEvent> Events { get; } = [];

    public IReadOnlyList<Effect> LastEffects { get; private set; } = [];

    public IEnumerable<EventType> Types => Events.Select(recorded => recorded.EventType);

    /// <summary>Takes one step; its events and state become the run's.</summary>
    public T Step<T>(Func<Transition, T> step)
    {
        var transition = new Transition(State, Now, NewId);
        var result = step(transition);
        Take(transition);
        return result;
    }

    public void Step(Action<Transition> step) => Step(transition =>
    {
        step(transition);
        return true;
    });

    public void Wait(TimeSpan span)
    {
        Now += span;
        Step(Deadlines.Pass);
    }

    public bool StartTask() => Step(transition => WorkflowTasks.Start(transition, "worker"));

    /// <summary>The worker answers the open task, which it has taken before.</summary>
    public CompletionResult Answer(params Command[] commands) => Answer(new RespondWorkflowTaskCompletedRequest { Commands = { commands } });

    public CompletionResult Answer(RespondWorkflowTaskCompletedRequest answer) =>
        Step(transition => WorkflowTaskCompletion.Complete(transition, answer, _ => null));

    /// <summary>A worker takes the open task and answers it.</summary>
    public CompletionResult Process(params Command[] commands)
    {
        Assert.True(StartTask());
        return Answer(commands);
    }

    public void Signal(string name) => Step(transition => Requests.Signal(transition, new(name, null, null, "client")));

    public PendingActivity Activity(string activityId) => State.Activities.Values.Single(activity => activity.Attributes.ActivityId == activityId);

    public void StartActivity(string activityId)
    {
        var activity = Activity(activityId);
        Assert.True(Step(transition => Activities.Start(transition, activity.ScheduledEventId, activity.Attempt, "worker")));
    }

    private void Take(Transition transition)
    {
        State = transition.State;
        Events.AddRange(transition.Events);
        LastEffects = transition.Effects;
    }

    private string NewId() => (++identifiers).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Commands as a worker sends them.</summary>
internal static class CommandOf
{
    public static Command Activity(string activityId, Action<ScheduleActivityTaskCommandAttributes>? configure = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = activityId,
            ActivityType = new() { Name = "Act" },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        };
        configure?.Invoke(attributes);
        return new() { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes };
    }

    public static Command Timer(string timerId, TimeSpan span) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = timerId, StartToFireTimeout = Duration.FromTimeSpan(span) },
    };

    public static Command CancelTimer(string timerId) => new()
    {
        CommandType = CommandType.CancelTimer,
        CancelTimerCommandAttributes = new() { TimerId = timerId },
    };

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };

    public static Command Child(string workflowId) => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId, WorkflowType = new() { Name = "Child" } },
    };

    public static Command Complete() => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new(),
    };

    public static Command Fail(string type) => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = new() { Message = type, ApplicationFailureInfo = new() { Type = type } } },
    };
}
