using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Message = Temporalio.Api.Protocol.V1.Message;

namespace Lifecycle.LocalEngine.Tests.History;

/// <summary>Lets one run live through random steps of workers, clients and time, drawn from a seed.</summary>
internal sealed class RunSimulation(int seed)
{
    private readonly Random random = new(seed);
    private int names;

    public RunUnderTest Run { get; } = new(started =>
    {
        started.RetryPolicy = seed % 3 == 0 ? new() : null;
        started.WorkflowRunTimeout = seed % 5 == 0 ? Duration.FromTimeSpan(TimeSpan.FromMinutes(10)) : null;
        started.FirstWorkflowTaskBackoff = seed % 7 == 0 ? Duration.FromTimeSpan(TimeSpan.FromSeconds(20)) : null;
    });

    private RunState State => Run.State;

    /// <summary>One random step; false when the run has closed.</summary>
    public bool Step()
    {
        if (!State.IsOpen)
        {
            return false;
        }

        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                Work();
                break;
            case 3:
                Run.Wait(TimeSpan.FromMilliseconds(random.Next(1, 20_000)));
                break;
            case 4:
                Run.Signal(Name());
                break;
            case 5 or 6:
                TouchActivity();
                break;
            case 7:
                TouchChild();
                break;
            case 8:
                AdmitUpdate();
                break;
            case 9 when random.Next(10) == 0:
                Run.Step(transition => Requests.Cancel(transition, new("cancel", "client")));
                break;
            case 10 when random.Next(10) == 0:
                Run.Step(transition => Closing.Terminate(transition, "terminate", null, "client"));
                break;
            default:
                Run.Step(WorkflowTasks.LeaveSticky);
                break;
        }

        return true;
    }

    private void Work()
    {
        if (State.Task is not { IsStarted: true })
        {
            Run.StartTask();
        }
        else if (random.Next(8) == 0)
        {
            Run.Step(transition => WorkflowTasks.Fail(transition, WorkflowTaskFailedCause.NonDeterministicError, new Failure(), "worker"));
        }
        else
        {
            Run.Answer(Answer());
        }
    }

    private RespondWorkflowTaskCompletedRequest Answer()
    {
        var answer = new RespondWorkflowTaskCompletedRequest { Identity = "worker", ForceCreateNewWorkflowTask = random.Next(10) == 0 };
        if (random.Next(2) == 0)
        {
            answer.StickyAttributes = new() { WorkerTaskQueue = new() { Name = "sticky" }, ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)) };
        }

        answer.Commands.AddRange(Enumerable.Range(0, random.Next(3)).Select(_ => RandomCommand()));
        answer.Messages.AddRange(State.Updates.Values.Where(_ => random.Next(4) > 0).SelectMany(Said));
        return answer;
    }

    private Command RandomCommand() => random.Next(14) switch
    {
        0 or 1 or 2 => CommandOf.Activity(Name(), attributes => attributes.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(random.Next(0, 20)))),
        3 or 4 => CommandOf.Timer(Name(), TimeSpan.FromSeconds(random.Next(1, 60))),
        5 when !State.Timers.IsEmpty => CommandOf.CancelTimer(Pick(State.Timers.Keys)),
        6 when !State.Activities.IsEmpty => CommandOf.CancelActivity(Pick(State.Activities.Keys)),
        7 => CommandOf.Child(Name()),
        8 when random.Next(6) == 0 => CommandOf.Complete(),
        9 when random.Next(6) == 0 => CommandOf.Fail("Flaky"),
        _ => new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = new() { MarkerName = Name() } },
    };

    private IEnumerable<Message> Said(UpdateRecord update)
    {
        IEnumerable<IMessage> bodies = (update.Stage, random.Next(3)) switch
        {
            (UpdateStage.Sent, 0) => [new Rejection { Failure = new() }],
            (UpdateStage.Sent, 1) => [new Acceptance()],
            (UpdateStage.Sent, _) => [new Acceptance(), Done(update)],
            (UpdateStage.Accepted, 0) => [Done(update)],
            _ => [],
        };
        return bodies.Select(body => new Message { Id = Name(), ProtocolInstanceId = update.UpdateId, Body = Any.Pack(body) });
    }

    private void TouchActivity()
    {
        if (State.Activities.IsEmpty)
        {
            return;
        }

        var activity = State.Activities[Pick(State.Activities.Keys)];
        if (!activity.IsStarted)
        {
            Run.Step(transition => Activities.Start(transition, activity.ScheduledEventId, activity.Attempt, "worker"));
            return;
        }

        Run.Step(transition =>
        {
            switch (random.Next(4))
            {
                case 0:
                    Activities.Heartbeat(transition, activity, new Payloads { Payloads_ = { new Payload() } });
                    break;
                case 1:
                    Activities.Fail(transition, activity, new() { Message = "flaky", ApplicationFailureInfo = new() }, null, "worker");
                    break;
                case 2 when activity.CancelRequested:
                    Activities.Cancel(transition, activity, null, "worker");
                    break;
                default:
                    Activities.Complete(transition, activity, null, "worker");
                    break;
            }
        });
    }

    private void TouchChild()
    {
        if (State.Children.IsEmpty)
        {
            return;
        }

        var child = State.Children[Pick(State.Children.Keys)];
        var execution = new WorkflowExecution { WorkflowId = child.Attributes.WorkflowId, RunId = "child-run" };
        Run.Step(transition =>
        {
            if (child.RunId.Length == 0)
            {
                Children.Started(transition, child, execution);
            }
            else
            {
                Children.Closed(transition, child, execution, new HistoryEvent { WorkflowExecutionCompletedEventAttributes = new() });
            }
        });
    }

    private void AdmitUpdate()
    {
        if (State.Updates.Values.Count(update => update.Stage != UpdateStage.Completed) < 10)
        {
            Run.Step(transition => Updates.Admit(transition, new() { Meta = new() { UpdateId = Name() }, Input = new() { Name = "change" } }));
        }
    }

    private static Response Done(UpdateRecord update) => new() { Meta = new() { UpdateId = update.UpdateId }, Outcome = new() { Success = new() } };

    private T Pick<T>(IEnumerable<T> choices)
    {
        var all = choices.ToImmutableArray();
        return all[random.Next(all.Length)];
    }

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"n{++names}");
}
