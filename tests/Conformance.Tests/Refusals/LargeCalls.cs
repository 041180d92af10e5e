using System.Collections.Immutable;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using WorkflowExecution = Temporalio.Api.Common.V1.WorkflowExecution;

namespace Lifecycle.Conformance.Tests.Refusals;

/// <summary>A call with a payload around the limits, and what came of it in words: the status, and what the run's history ends with.</summary>
public sealed record LargeCall(string Name, Func<ITemporalClient, WorkflowExecution, Task> CallAsync);

/// <summary>Payloads at the limits of the protocol's services and above them, wherever one can be sent.</summary>
internal static class LargeCalls
{
    private const string Namespace = "default";
    private const int Limit = 2 << 20;
    private static readonly Payloads Over = Of(Limit);
    private static readonly Payloads Under = Of(Limit - 100);
    private static readonly Memo OverMemo = new() { Fields = { ["m"] = Over.Payloads_[0] } };

    public static ImmutableArray<LargeCall> All { get; } =
    [
        new("start", (client, run) => StartAsync(client, request => request.Input = Over)),
        new("start-under", (client, run) => StartAsync(client, request => request.Input = Under)),
        new("start-memo", (client, run) => StartAsync(client, request => request.Memo = OverMemo)),
        new("start-message", (client, run) => StartAsync(client, request => request.Input = Of(5 << 20))),
        new("signal", (client, run) => client.WorkflowService.SignalWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = run, SignalName = "s", Input = Over })),
        new("signal-under", (client, run) => client.WorkflowService.SignalWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = run, SignalName = "s", Input = Under })),
        new("signal-missing", (client, run) => client.WorkflowService.SignalWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = "missing" }, SignalName = "s", Input = Over })),
        new("signal-with-start", (client, run) => client.WorkflowService.SignalWithStartWorkflowExecutionAsync(new()
        {
            Namespace = Namespace, WorkflowId = $"large/{Guid.NewGuid()}", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "nobody" }, SignalName = "s", SignalInput = Over, RequestId = "r",
        })),
        new("query", (client, run) => client.WorkflowService.QueryWorkflowAsync(new() { Namespace = Namespace, Execution = run, Query = new() { QueryType = "q", QueryArgs = Over } })),
        new("query-answer", QueryAnswerAsync),
        new("terminate-details", (client, run) => client.WorkflowService.TerminateWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = run, Reason = "r", Identity = "me", Details = Over })),
        new("update-missing", (client, run) => client.WorkflowService.UpdateWorkflowExecutionAsync(new()
        {
            Namespace = Namespace, WorkflowExecution = new() { WorkflowId = "missing" }, Request = new() { Meta = new() { UpdateId = "u" }, Input = new() { Name = "u", Args = Over } },
        })),
        new("schedule", (client, run) => ScheduleAsync(client, Over, memo: null)),
        new("schedule-under", (client, run) => ScheduleAsync(client, Of(Limit - 10_000), memo: null)),
        new("schedule-update", (client, run) => ScheduleAsync(client, Of(1), memo: null, id => client.WorkflowService.UpdateScheduleAsync(
            new() { Namespace = Namespace, ScheduleId = id, RequestId = "u", Schedule = Paused(Over) }))),
        new("schedule-update-under", (client, run) => ScheduleAsync(client, Of(1), memo: null, id => client.WorkflowService.UpdateScheduleAsync(
            new() { Namespace = Namespace, ScheduleId = id, RequestId = "u", Schedule = Paused(Of(Limit - 10_000)) }))),
        new("schedule-memo", (client, run) => ScheduleAsync(client, Of(1), OverMemo)),
        Command("continue-memo", new() { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "nobody" }, Memo = OverMemo } }),
        Command("child-memo", new() { CommandType = CommandType.StartChildWorkflowExecution, StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = "large/child", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "nobody" }, Memo = OverMemo } }),
        Command("complete", new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() { Result = Over } }),
        Command("complete-under", new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() { Result = Under } }),
        Command("fail", new() { CommandType = CommandType.FailWorkflowExecution, FailWorkflowExecutionCommandAttributes = new() { Failure = LargeFailure() } }),
        Command("schedule-activity", Schedule(Over)),
        Command("marker", new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = new() { MarkerName = "m", Details = { ["d"] = Over } } }),
        Command("continue", new() { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "nobody" }, Input = Over } }),
        Command("child", new() { CommandType = CommandType.StartChildWorkflowExecution, StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = "large/child", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "nobody" }, Input = Over } }),
        Command("signal-external", new() { CommandType = CommandType.SignalExternalWorkflowExecution, SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new() { WorkflowId = "other" }, SignalName = "s", Input = Over } }),
        Command("memo", new() { CommandType = CommandType.ModifyWorkflowProperties, ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = OverMemo } }),
        Activity("activity-result", (service, token) => service.RespondActivityTaskCompletedAsync(new() { Namespace = Namespace, TaskToken = token, Result = Over })),
        Activity("activity-failure", (service, token) => service.RespondActivityTaskFailedAsync(new() { Namespace = Namespace, TaskToken = token, Failure = LargeFailure() })),
        Activity("activity-heartbeat", (service, token) => service.RecordActivityTaskHeartbeatAsync(new() { Namespace = Namespace, TaskToken = token, Details = Over })),
        Activity("activity-last-heartbeat", (service, token) => service.RespondActivityTaskFailedAsync(new()
        {
            Namespace = Namespace, TaskToken = token, LastHeartbeatDetails = Over, Failure = new() { Message = "small", ApplicationFailureInfo = new() { Type = "T", NonRetryable = true } },
        })),
        Activity("activity-cancellation", (service, token) => service.RespondActivityTaskCanceledAsync(new() { Namespace = Namespace, TaskToken = token, Details = Over })),
    ];

    /// <summary>The status and the last event, with the words in them.</summary>
    public static async Task<string> OutcomeAsync(LargeCall call, ITemporalClient client)
    {
        var run = new WorkflowExecution { WorkflowId = $"large/{Guid.NewGuid()}" };
        await StartAsync(client, request => (request.WorkflowId, request.TaskQueue) = (run.WorkflowId, new() { Name = run.WorkflowId }));
        var status = "OK";
        try
        {
            await call.CallAsync(client, run);
        }
        catch (RpcException refused)
        {
            // The words about a message that is too long for the wire are those of the library that reads it.
            status = refused.Code == RpcException.StatusCode.ResourceExhausted ? $"{refused.Code}" : $"{refused.Code}: {refused.Message}";
        }

        var history = await client.WorkflowService.GetWorkflowExecutionHistoryAsync(new() { Namespace = Namespace, Execution = run });
        var words = history.History.Events.Select(happened => happened.EventType switch
        {
            EventType.WorkflowTaskFailed => $"{happened.EventType} {happened.WorkflowTaskFailedEventAttributes.Cause} {happened.WorkflowTaskFailedEventAttributes.Failure?.Message}",
            EventType.WorkflowExecutionTerminated => $"{happened.EventType} {happened.WorkflowExecutionTerminatedEventAttributes.Reason} by {happened.WorkflowExecutionTerminatedEventAttributes.Identity}",
            EventType.ActivityTaskFailed => $"{happened.EventType} {happened.ActivityTaskFailedEventAttributes.Failure.Message} {happened.ActivityTaskFailedEventAttributes.Failure.ServerFailureInfo} {happened.ActivityTaskFailedEventAttributes.RetryState}",
            _ => $"{happened.EventType}",
        });
        return string.Join('\n', words.Prepend(status));
    }

    private static async Task QueryAnswerAsync(ITemporalClient client, WorkflowExecution run)
    {
        await AnswerAsync(client, run);
        var asked = client.WorkflowService.QueryWorkflowAsync(new() { Namespace = Namespace, Execution = run, Query = new() { QueryType = "q" } });
        var task = await client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = Namespace, TaskQueue = new() { Name = run.WorkflowId } });
        await client.WorkflowService.RespondQueryTaskCompletedAsync(new() { Namespace = Namespace, TaskToken = task.TaskToken, CompletedType = QueryResultType.Answered, QueryResult = Over });
        await asked;
    }

    private static async Task ScheduleAsync(ITemporalClient client, Payloads input, Memo? memo, Func<string, Task>? thenAsync = null)
    {
        var id = $"large/{Guid.NewGuid()}";
        await client.WorkflowService.CreateScheduleAsync(new()
        {
            Namespace = Namespace,
            ScheduleId = id,
            RequestId = "r",
            Memo = memo,
            Schedule = Paused(input),
        });
        await (thenAsync?.Invoke(id) ?? Task.CompletedTask);
        await client.WorkflowService.DeleteScheduleAsync(new() { Namespace = Namespace, ScheduleId = id });
    }

    private static Schedule Paused(Payloads input) => new()
    {
        Spec = new(),
        State = new() { Paused = true },
        Action = new() { StartWorkflow = new() { WorkflowId = "w", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "q" }, Input = input } },
    };

    private static LargeCall Command(string name, Command command) => new($"command-{name}", (client, run) => AnswerAsync(client, run, command));

    private static LargeCall Activity(string name, Func<WorkflowService, ByteString, Task> answerAsync) => new(name, async (client, run) =>
    {
        await AnswerAsync(client, run, Schedule(Of(1)));
        var task = await client.WorkflowService.PollActivityTaskQueueAsync(new() { Namespace = Namespace, TaskQueue = new() { Name = run.WorkflowId } });
        await answerAsync(client.WorkflowService, task.TaskToken);
    });

    private static async Task AnswerAsync(ITemporalClient client, WorkflowExecution run, params Command[] commands)
    {
        foreach (var scheduled in commands.Select(command => command.ScheduleActivityTaskCommandAttributes).OfType<ScheduleActivityTaskCommandAttributes>())
        {
            scheduled.TaskQueue = new() { Name = run.WorkflowId };
        }

        var task = await client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = Namespace, TaskQueue = new() { Name = run.WorkflowId } });
        await client.WorkflowService.RespondWorkflowTaskCompletedAsync(new() { Namespace = Namespace, TaskToken = task.TaskToken, Commands = { commands } });
    }

    private static Command Schedule(Payloads input) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new() { ActivityId = "a", ActivityType = new() { Name = "A" }, Input = input, StartToCloseTimeout = new() { Seconds = 600 } },
    };

    private static Task<StartWorkflowExecutionResponse> StartAsync(ITemporalClient client, Action<StartWorkflowExecutionRequest> change)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowId = $"large/{Guid.NewGuid()}",
            WorkflowType = new() { Name = "W" },
            TaskQueue = new() { Name = "nobody" },
            RequestId = Guid.NewGuid().ToString(),
        };
        change(request);
        return client.WorkflowService.StartWorkflowExecutionAsync(request);
    }

    private static Failure LargeFailure() => new() { Message = "large", ApplicationFailureInfo = new() { Type = "T", Details = Over } };

    private static Payloads Of(int bytes) => new() { Payloads_ = { new Payload { Data = ByteString.CopyFrom(new byte[bytes]) } } };
}
