using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Message = Temporalio.Api.Protocol.V1.Message;

namespace Lifecycle.LocalEngine.Tests.History;

public sealed class UpdateStateTests
{
    [Fact]
    public void Update_Rejected_LeavesNoEventAndSendsTheWorkerBack()
    {
        var run = Idle();
        Admit(run, "u");
        var before = run.Events.Count;
        run.StartTask();
        Assert.Equal("u/request", Assert.Single(Updates.MessagesFor(run.State)).Id);

        var result = run.Answer(Says("u", new Rejection { Failure = new() { Message = "no" } }));

        Assert.Equal(before, run.Events.Count);
        Assert.Equal(run.State.PreviousStartedEventId, result.ResetHistoryEventId);
        Assert.Equal("no", Assert.IsType<Effect.UpdateSettled>(Assert.Single(run.LastEffects)).Rejection!.Failure.Message);
        Assert.Empty(run.State.Updates);
    }

    [Fact]
    public void Update_AcceptedAndCompleted_IsInTheHistoryWithItsTask()
    {
        var run = Idle();
        Admit(run, "u");
        run.StartTask();

        run.Answer(Says("u", new Acceptance(), new Response { Meta = new() { UpdateId = "u" }, Outcome = new() { Success = new() } }));

        Assert.Equal(
            [
                EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted,
                EventType.WorkflowExecutionUpdateAccepted, EventType.WorkflowExecutionUpdateCompleted,
            ],
            run.Types.TakeLast(5));
        Assert.Equal(UpdateWorkflowExecutionLifecycleStage.Completed, Updates.Observe(run.State, "u")!.Value.Stage);
        Assert.Equal(run.Events[^2].EventId, run.Events[^1].WorkflowExecutionUpdateCompletedEventAttributes.AcceptedEventId);
    }

    [Fact]
    public void Signal_WhileATaskCarriesOnlyUpdates_WritesTheTaskFirst()
    {
        var run = Idle();
        Admit(run, "u");
        run.StartTask();

        run.Signal("news");
        run.Answer(Says("u", new Rejection { Failure = new() }));

        Assert.Equal(
            [
                EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted,
                EventType.WorkflowExecutionSignaled, EventType.WorkflowTaskScheduled,
            ],
            run.Types.TakeLast(5));
    }

    [Fact]
    public void Update_AcceptedButUnfinished_FailsWhenTheRunCloses()
    {
        var run = Idle();
        Admit(run, "u");
        run.StartTask();
        run.Answer(Says("u", new Acceptance()));

        run.Step(transition => Closing.Terminate(transition, "enough", null, "client"));

        var (stage, outcome) = Updates.Observe(run.State, "u")!.Value;
        Assert.Equal(UpdateWorkflowExecutionLifecycleStage.Completed, stage);
        Assert.Equal("AcceptedUpdateCompletedWorkflow", outcome!.Failure.ApplicationFailureInfo.Type);
    }

    [Fact]
    public void Updates_BeyondTenInFlight_AreRefused()
    {
        var run = Idle();
        for (var number = 0; number < 10; number++)
        {
            Admit(run, $"u{number}");
        }

        var refusal = Assert.Throws<RefusedException>(() => Admit(run, "u10"));

        Assert.Equal(Grpc.Core.StatusCode.ResourceExhausted, refusal.Code);
    }

    [Fact]
    public void Update_ThatTheWorkerDoesNotAnswer_IsRejectedForIt()
    {
        var run = Idle();
        Admit(run, "u");
        run.StartTask();

        run.Answer();

        Assert.Equal("UnprocessedUpdate", Assert.IsType<Effect.UpdateSettled>(Assert.Single(run.LastEffects)).Rejection!.Failure.ApplicationFailureInfo.Type);
    }

    private static RunUnderTest Idle()
    {
        var run = new RunUnderTest();
        run.Process();
        return run;
    }

    private static void Admit(RunUnderTest run, string updateId) => run.Step(transition => Updates.Admit(
        transition,
        new Request { Meta = new() { UpdateId = updateId }, Input = new() { Name = "change" } }));

    private static RespondWorkflowTaskCompletedRequest Says(string updateId, params Google.Protobuf.IMessage[] bodies) => new()
    {
        Messages = { bodies.Select((body, index) => new Message { Id = $"{updateId}/{index}", ProtocolInstanceId = updateId, Body = Any.Pack(body) }) },
    };
}
