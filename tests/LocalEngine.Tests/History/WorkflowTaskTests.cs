using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Tests.History;

public sealed class WorkflowTaskTests
{
    [Fact]
    public void News_WhileATaskIsWithAWorker_EntersTheHistoryAfterTheCommands()
    {
        var run = new RunUnderTest();
        run.StartTask();
        run.Signal("news");

        run.Answer(CommandOf.Timer("1", TimeSpan.FromHours(1)));

        Assert.Equal(
            [
                EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted,
                EventType.TimerStarted, EventType.WorkflowExecutionSignaled, EventType.WorkflowTaskScheduled,
            ],
            run.Types);
        Assert.Equal(Enumerable.Range(1, run.Events.Count), run.Events.Select(recorded => (int)recorded.EventId));
    }

    [Fact]
    public void Completions_WhileATaskIsWithAWorker_ComeAfterOtherNewsAndNameTheirStart()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a"));
        run.StartActivity("a");
        run.Signal("first");
        run.StartTask();
        run.Step(transition => Activities.Complete(transition, run.Activity("a"), null, "worker"));
        run.Signal("second");

        run.Answer();

        Assert.Equal(
            [EventType.ActivityTaskStarted, EventType.WorkflowExecutionSignaled, EventType.ActivityTaskCompleted, EventType.WorkflowTaskScheduled],
            run.Types.TakeLast(4));
        var completed = run.Events[^2].ActivityTaskCompletedEventAttributes;
        Assert.Equal(run.Events[^4].EventId, completed.StartedEventId);
    }

    [Fact]
    public void Closing_WithUnseenNews_FailsTheTaskAndKeepsTheRunOpen()
    {
        var run = new RunUnderTest();
        run.StartTask();
        run.Signal("news");

        var result = run.Answer(CommandOf.Complete());

        Assert.Equal("UnhandledCommand", result.Refusal?.Message);
        Assert.True(run.State.IsOpen);
        Assert.Equal(
            [EventType.WorkflowTaskFailed, EventType.WorkflowExecutionSignaled, EventType.WorkflowTaskScheduled],
            run.Types.TakeLast(3));
        Assert.Equal(1, run.State.Task!.Attempt);
    }

    [Fact]
    public void FailedTask_IsTriedAgainWithoutEvents()
    {
        var run = new RunUnderTest();
        run.StartTask();

        run.Step(transition => WorkflowTasks.Fail(transition, WorkflowTaskFailedCause.NonDeterministicError, new Failure(), "worker"));
        var lengthAfterFirst = run.Events.Count;
        Assert.True(run.StartTask());
        run.Wait(TimeSpan.FromSeconds(10));

        Assert.Equal(3, run.State.Task!.Attempt);
        Assert.Equal(lengthAfterFirst, run.Events.Count);
        Assert.Equal(EventType.WorkflowTaskFailed, run.Events[^1].EventType);
    }

    [Fact]
    public void RetriedTask_ThatSucceeds_IsWrittenWithItsAttempt()
    {
        var run = new RunUnderTest();
        run.StartTask();
        run.Step(transition => WorkflowTasks.Fail(transition, WorkflowTaskFailedCause.NonDeterministicError, new Failure(), "worker"));

        run.Process(CommandOf.Complete());

        Assert.Equal(WorkflowExecutionStatus.Completed, run.State.Status);
        Assert.Equal(2, run.Events.Last(recorded => recorded.WorkflowTaskScheduledEventAttributes is not null).WorkflowTaskScheduledEventAttributes.Attempt);
        Assert.Equal(Enumerable.Range(1, run.Events.Count), run.Events.Select(recorded => (int)recorded.EventId));
    }

    [Fact]
    public void RetriedTask_WithNewsBeforeItStarts_IsAFirstAttemptAgain()
    {
        var run = new RunUnderTest();
        run.StartTask();
        run.Step(transition => WorkflowTasks.Fail(transition, WorkflowTaskFailedCause.NonDeterministicError, new Failure(), "worker"));

        run.Signal("news");
        run.StartTask();

        Assert.Equal(1, run.State.Task!.Attempt);
        Assert.Equal([EventType.WorkflowExecutionSignaled, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted], run.Types.TakeLast(3));
    }

    [Fact]
    public void Task_NotAnsweredInTime_TimesOutAndIsScheduledAgain()
    {
        var run = new RunUnderTest();
        run.StartTask();

        run.Wait(TimeSpan.FromSeconds(10));

        Assert.Equal(EventType.WorkflowTaskTimedOut, run.Events[^1].EventType);
        Assert.False(run.State.Task!.IsStarted);
        Assert.IsType<Effect.OfferWorkflowTask>(Assert.Single(run.LastEffects));
    }

    [Fact]
    public void StickyTask_NotTakenInTime_GoesToTheNormalQueueWithTheWholeHistory()
    {
        var run = new RunUnderTest();
        run.StartTask();
        run.Answer(new RespondWorkflowTaskCompletedRequest
        {
            StickyAttributes = new() { WorkerTaskQueue = new() { Name = "sticky" }, ScheduleToStartTimeout = TimeSpan.FromSeconds(5).ToDuration() },
        });
        run.Signal("news");
        Assert.Equal("sticky", run.State.Task!.Queue);

        run.Wait(TimeSpan.FromSeconds(5));

        Assert.Equal("queue", run.State.Task!.Queue);
        Assert.False(run.State.Task.OnSticky);
        Assert.Equal([EventType.WorkflowTaskTimedOut, EventType.WorkflowTaskScheduled], run.Types.TakeLast(2));
    }

    [Fact]
    public void InvalidCommand_FailsTheTaskBeforeAnyCommandTakesEffect()
    {
        var run = new RunUnderTest();

        var result = run.Process(CommandOf.Timer("1", TimeSpan.FromHours(1)), CommandOf.Activity("a", attributes => attributes.StartToCloseTimeout = null));

        Assert.StartsWith("BadScheduleActivityAttributes", result.Refusal?.Message);
        Assert.Empty(run.State.Timers);
        Assert.Equal(WorkflowTaskFailedCause.BadScheduleActivityAttributes, run.Events[^1].WorkflowTaskFailedEventAttributes.Cause);
    }

    [Fact]
    public void Terminated_WhileATaskIsWithAWorker_TakesItAwayAndKeepsTheNews()
    {
        var run = new RunUnderTest();
        run.StartTask();
        run.Signal("news");

        run.Step(transition => Closing.Terminate(transition, "enough", null, "client"));

        Assert.Equal(
            [EventType.WorkflowTaskFailed, EventType.WorkflowExecutionSignaled, EventType.WorkflowExecutionTerminated],
            run.Types.TakeLast(3));
        Assert.Null(run.State.Task);
    }
}
