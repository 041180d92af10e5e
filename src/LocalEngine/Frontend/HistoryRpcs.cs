using Google.Protobuf;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Persistence;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Histories, read from what was committed: in pages, backwards, or waiting for what comes.</summary>
internal sealed class HistoryRpcs(Engine engine)
{
    private const int MaximumPageEvents = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    public async Task<GetWorkflowExecutionHistoryResponse> GetWorkflowExecutionHistoryAsync(GetWorkflowExecutionHistoryRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var token = request.NextPageToken.IsEmpty ? default : HistoryToken.Parse(request.NextPageToken);
        var progress = Require(request.Namespace, request.Execution, token.RunId);
        token = token with { RunId = progress.RunId };
        var onlyClose = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        if (request.WaitNewEvent)
        {
            progress = await WaitAsync(request, progress, token, onlyClose, call);
        }

        return onlyClose ? ClosePage(request, progress, token) : await PageAsync(request, progress, token, call);
    }

    public Task<GetWorkflowExecutionHistoryReverseResponse> GetWorkflowExecutionHistoryReverseAsync(GetWorkflowExecutionHistoryReverseRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var token = request.NextPageToken.IsEmpty ? default : HistoryToken.Parse(request.NextPageToken);
        var progress = Require(request.Namespace, request.Execution, token.RunId);
        var from = request.NextPageToken.IsEmpty ? progress.HistoryLength : token.AfterEventId;
        var response = new GetWorkflowExecutionHistoryReverseResponse
        {
            History = engine.Reads.Read(reads => Page(reads.EventsFrom(progress.Key, from), request.MaximumPageSize)),
        };
        if (response.History.Events is [.., { EventId: > 1 } last])
        {
            response.NextPageToken = new HistoryToken(progress.RunId, last.EventId - 1, ForTask: false).ToByteString();
        }

        return Task.FromResult(response);
    }

    private async Task<RunProgress> WaitAsync(
        GetWorkflowExecutionHistoryRequest request,
        RunProgress progress,
        HistoryToken token,
        bool onlyClose,
        ServerCallContext call)
    {
        var until = engine.Time.GetUtcNow() + call.Within(Window, engine.Time);
        while (true)
        {
            var change = engine.Changes.NextAsync(progress.Key);
            progress = Require(request.Namespace, request.Execution, progress.RunId);
            var hasNews = !progress.IsOpen || (!onlyClose && progress.HistoryLength > token.AfterEventId);
            var left = until - engine.Time.GetUtcNow();
            if (hasNews || left <= TimeSpan.Zero || !await change.IsDoneWithinAsync(left, engine.Time, call.CancellationToken))
            {
                return progress;
            }
        }
    }

    private GetWorkflowExecutionHistoryResponse ClosePage(GetWorkflowExecutionHistoryRequest request, RunProgress progress, HistoryToken token)
    {
        var response = new GetWorkflowExecutionHistoryResponse { History = new() };
        if (!progress.IsOpen)
        {
            response.History = engine.Reads.Read(reads => Page(reads.EventsAfter(progress.Key, progress.HistoryLength - 1), 1));
        }
        else if (request.WaitNewEvent)
        {
            response.NextPageToken = token.ToByteString();
        }

        return response;
    }

    private async Task<GetWorkflowExecutionHistoryResponse> PageAsync(
        GetWorkflowExecutionHistoryRequest request,
        RunProgress progress,
        HistoryToken token,
        ServerCallContext call)
    {
        var response = new GetWorkflowExecutionHistoryResponse
        {
            History = engine.Reads.Read(reads => Page(reads.EventsAfter(progress.Key, token.AfterEventId), request.MaximumPageSize)),
        };
        var last = response.History.Events is [.., var event_] ? event_.EventId : token.AfterEventId;
        if (last < progress.HistoryLength || (request.WaitNewEvent && progress.IsOpen))
        {
            response.NextPageToken = (token with { AfterEventId = last }).ToByteString();
        }
        else if (progress.IsOpen && (token.ForTask || !IsForPeople(call)))
        {
            response.History.Events.Add(await UnwrittenAsync(progress.Key, last));
        }

        return response;
    }

    // A worker that lost a run from its cache asks for the history of the task it holds, which may not be written yet.
    private Task<HistoryEvent[]> UnwrittenAsync(long key, long lastEventId) => engine.RunAsync(turn => turn.Runs.Find(key) is { } run
        ? WorkflowTasks.UnwrittenEvents(run.State).Where(unwritten => unwritten.EventId > lastEventId).ToArray()
        : []);

    private static bool IsForPeople(ServerCallContext call) =>
        call.RequestHeaders.GetValue("client-name") is "temporal-cli" or "temporal-ui" or "temporal-server";

    private RunProgress Require(string @namespace, Temporalio.Api.Common.V1.WorkflowExecution? execution, string? runId)
    {
        var workflowId = execution?.WorkflowId ?? "";
        var wanted = string.IsNullOrEmpty(runId) ? execution?.RunId ?? "" : runId;
        if (workflowId.Length == 0)
        {
            throw RefusedException.Invalid("WorkflowId is not set on request.");
        }

        return engine.Reads.Read(reads => reads.Progress(@namespace, workflowId, wanted)) ?? throw RefusedException.NotFound(wanted.Length == 0
            ? $"workflow not found for ID: {workflowId}"
            : $"workflow execution not found for workflow ID \"{workflowId}\" and run ID \"{wanted}\"");
    }

    private static Temporalio.Api.History.V1.History Page(IEnumerable<HistoryEvent> events, int requestedSize)
    {
        var page = new Temporalio.Api.History.V1.History();
        var size = requestedSize is > 0 and < MaximumPageEvents ? requestedSize : MaximumPageEvents;
        var bytes = 0;
        foreach (var @event in events)
        {
            page.Events.Add(@event);
            bytes += @event.CalculateSize();
            if (page.Events.Count == size || bytes > HistoryPages.MaximumPageBytes)
            {
                break;
            }
        }

        return page;
    }
}
