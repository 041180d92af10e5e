using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Tests.History;

public sealed class ClosingTests
{
    [Fact]
    public void RunTimeout_ClosesTheRunWhateverItWaitsFor()
    {
        var run = new RunUnderTest(started => started.WorkflowRunTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)));
        run.Process(CommandOf.Timer("1", TimeSpan.FromHours(1)));

        run.Wait(TimeSpan.FromHours(2));

        Assert.Equal(WorkflowExecutionStatus.TimedOut, run.State.Status);
        Assert.DoesNotContain(EventType.TimerFired, run.Types);
        Assert.Null(Deadlines.Next(run.State));
    }

    [Fact]
    public void Failure_WithRetryPolicy_ContinuesTheChainAfterItsBackoff()
    {
        var run = new RunUnderTest(started => started.RetryPolicy = new() { InitialInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) });

        run.Process(CommandOf.Fail("Flaky"));

        var chain = Assert.IsType<Effect.ContinueChain>(Assert.Single(run.LastEffects, effect => effect is Effect.ContinueChain));
        Assert.Equal(2, chain.Started.Attempt);
        Assert.Equal(TimeSpan.FromSeconds(7), chain.Started.FirstWorkflowTaskBackoff.ToTimeSpan());
        Assert.Equal(chain.Started.OriginalExecutionRunId, run.Events[^1].WorkflowExecutionFailedEventAttributes.NewExecutionRunId);
        Assert.Equal(run.State.Started.FirstExecutionRunId, chain.Started.FirstExecutionRunId);
    }

    [Fact]
    public void Failure_OfATypeThatIsNotRetried_EndsTheChain()
    {
        var run = new RunUnderTest(started => started.RetryPolicy = new() { NonRetryableErrorTypes = { "Broken" } });

        run.Process(CommandOf.Fail("Broken"));

        Assert.DoesNotContain(run.LastEffects, effect => effect is Effect.ContinueChain);
        Assert.Equal(RetryState.NonRetryableFailure, run.Events[^1].WorkflowExecutionFailedEventAttributes.RetryState);
    }

    [Fact]
    public void ChildRun_ThatClosesItsChain_TellsItsParent()
    {
        var run = new RunUnderTest(started => started.ParentWorkflowExecution = new() { WorkflowId = "parent", RunId = "1" });

        run.Process(CommandOf.Complete());

        Assert.Contains(run.LastEffects, effect => effect is Effect.NotifyParent);
    }

    [Fact]
    public void OpenChildren_AreReleasedByTheirPolicyWhenTheParentCloses()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Child("child"));
        run.Step(transition => Children.Started(transition, run.State.Children.Values.Single(), new() { WorkflowId = "child", RunId = "7" }));

        run.Process(CommandOf.Complete());

        var release = Assert.IsType<Effect.ReleaseChild>(Assert.Single(run.LastEffects, effect => effect is Effect.ReleaseChild));
        Assert.True(release.Terminate);
        Assert.Equal("7", release.Child.RunId);
    }

    [Fact]
    public void Timer_ThatFiredUnseen_CanStillBeCancelled()
    {
        var run = new RunUnderTest();
        run.Process(CommandOf.Timer("1", TimeSpan.FromSeconds(1)));
        run.Signal("wake");
        run.StartTask();
        run.Wait(TimeSpan.FromSeconds(1));

        run.Answer(CommandOf.CancelTimer("1"));

        Assert.Contains(EventType.TimerCanceled, run.Types);
        Assert.DoesNotContain(EventType.TimerFired, run.Types);
    }

    [Fact]
    public void StartDelay_EndsByTimeOrBySignal()
    {
        static RunUnderTest Delayed() => new(started => started.FirstWorkflowTaskBackoff = Duration.FromTimeSpan(TimeSpan.FromHours(1)));
        var waited = Delayed();
        var signalled = Delayed();

        Assert.Null(waited.State.Task);
        waited.Wait(TimeSpan.FromHours(1));
        signalled.Signal("now");

        Assert.NotNull(waited.State.Task);
        Assert.NotNull(signalled.State.Task);
    }

    [Fact]
    public void Signal_WithARequestIdSeenBefore_IsTheSameSignal()
    {
        var run = new RunUnderTest();
        void Send() => run.Step(transition => Requests.Signal(transition, new("once", null, null, "client") { RequestId = "id" }));

        Send();
        Send();

        Assert.Single(run.Types, EventType.WorkflowExecutionSignaled);
    }
}
