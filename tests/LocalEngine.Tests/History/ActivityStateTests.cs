using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Lifecycle.LocalEngine.Tests.History;

public sealed class ActivityStateTests
{
    private static readonly Failure Flaky = new() { Message = "flaky", ApplicationFailureInfo = new() { Type = "Flaky" } };

    [Fact]
    public void FailedAttempts_BackOffExponentiallyAndStopAtTheMaximum()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a", attributes => attributes.RetryPolicy = new() { MaximumAttempts = 3 }));

        foreach (var backoff in (int[])[1, 2])
        {
            run.StartActivity("a");
            run.Step(transition => Activities.Fail(transition, run.Activity("a"), Flaky, null, "worker"));
            Assert.Equal(run.Now.AddSeconds(backoff), run.Activity("a").NextAttemptAt);
            run.Wait(TimeSpan.FromSeconds(backoff));
        }

        run.StartActivity("a");
        run.Step(transition => Activities.Fail(transition, run.Activity("a"), Flaky, null, "worker"));

        Assert.Empty(run.State.Activities);
        Assert.Equal([EventType.ActivityTaskStarted, EventType.ActivityTaskFailed, EventType.WorkflowTaskScheduled], run.Types.TakeLast(3));
        Assert.Equal(RetryState.MaximumAttemptsReached, run.Events[^2].ActivityTaskFailedEventAttributes.RetryState);
        Assert.Equal(3, run.Events[^3].ActivityTaskStartedEventAttributes.Attempt);
    }

    [Fact]
    public void Heartbeat_MovesItsDeadlineAndItsDetailsReachTheNextAttempt()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a", attributes => attributes.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5))));
        run.StartActivity("a");
        run.Wait(TimeSpan.FromSeconds(4));
        var details = new Temporalio.Api.Common.V1.Payloads();
        run.Step(transition => Activities.Heartbeat(transition, run.Activity("a"), details));

        run.Wait(TimeSpan.FromSeconds(4));
        Assert.True(run.Activity("a").IsStarted);
        run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(2, run.Activity("a").Attempt);
        Assert.Same(details, run.Activity("a").HeartbeatDetails);
        Assert.Equal(TimeoutType.Heartbeat, run.Activity("a").LastFailure!.TimeoutFailureInfo.TimeoutType);
    }

    [Fact]
    public void Attempt_ThatWouldBeginAfterScheduleToClose_IsNotMade()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a", attributes => attributes.ScheduleToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(500))));
        run.StartActivity("a");

        run.Step(transition => Activities.Fail(transition, run.Activity("a"), Flaky, null, "worker"));

        Assert.Empty(run.State.Activities);
        Assert.Equal(RetryState.Timeout, run.Events[^2].ActivityTaskFailedEventAttributes.RetryState);
    }

    [Fact]
    public void CancelRequested_WhileAnAttemptRuns_StopsTheRetries()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a"));
        run.StartActivity("a");
        run.Signal("stop");
        run.Process(CommandOf.CancelActivity(run.Activity("a").ScheduledEventId));

        run.Step(transition => Activities.Fail(transition, run.Activity("a"), Flaky, null, "worker"));

        Assert.Equal(RetryState.CancelRequested, run.Events[^2].ActivityTaskFailedEventAttributes.RetryState);
    }

    [Fact]
    public void Cancellation_NobodyAskedFor_IsRefused()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a"));
        run.StartActivity("a");

        Assert.Throws<RefusedException>(() => run.Step(transition => Activities.Cancel(transition, run.Activity("a"), null, "worker")));
        Assert.True(run.Activity("a").IsStarted);
    }

    [Fact]
    public void Attempt_IsTakenOnce()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Activity("a"));
        run.StartActivity("a");
        var scheduledEventId = run.Activity("a").ScheduledEventId;

        Assert.False(run.Step(transition => Activities.Start(transition, scheduledEventId, attempt: 1, "another worker")));
    }

    [Fact]
    public void Timeouts_AreMadeConsistent()
    {
        var run = new RunUnderTest(started => started.WorkflowRunTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(1)));

        run.Process(CommandOf.Activity("a", attributes =>
        {
            attributes.ScheduleToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(5));
            attributes.StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(2));
            attributes.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(3));
        }));

        var attributes = run.Activity("a").Attributes;
        Assert.All(
            [attributes.ScheduleToCloseTimeout, attributes.ScheduleToStartTimeout, attributes.StartToCloseTimeout, attributes.HeartbeatTimeout],
            timeout => Assert.Equal(TimeSpan.FromHours(1), timeout.ToTimeSpan()));
    }
}
