using System.Globalization;
using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Matching;

/// <summary>
/// The history in a poll response: all of it where it fits in a message, else a first page and a token with which the
/// worker fetches the rest. The last page ends with the events of an unwritten workflow task.
/// </summary>
internal static class HistoryPages
{
    /// <summary>Bytes of events after which a page ends.</summary>
    public const int MaximumPageBytes = 2 << 20;

    public static void Fill(PollWorkflowTaskQueueResponse response, Run run, long after)
    {
        var page = new Temporalio.Api.History.V1.History();
        var bytes = 0;
        foreach (var @event in run.HistoryAfter(after))
        {
            page.Events.Add(@event);
            bytes += @event.CalculateSize();
            if (bytes > MaximumPageBytes)
            {
                break;
            }
        }

        response.History = page;
        if (page.Events.Count > 0 && page.Events[^1].EventId < run.State.NextEventId - 1)
        {
            response.NextPageToken = new HistoryToken(run.State.RunId, page.Events[^1].EventId, ForTask: true).ToByteString();
            return;
        }

        page.Events.AddRange(WorkflowTasks.UnwrittenEvents(run.State));
    }
}

/// <summary>Where the next page of a history begins. <see cref="ForTask"/>: its reader is a worker, which needs unwritten events too.</summary>
internal readonly record struct HistoryToken(string RunId, long AfterEventId, bool ForTask)
{
    public ByteString ToByteString() =>
        ByteString.CopyFromUtf8(string.Create(CultureInfo.InvariantCulture, $"{RunId}/{AfterEventId}/{(ForTask ? 't' : 'h')}"));

    /// <summary>Reads a token.</summary>
    /// <exception cref="RefusedException">The bytes are no such token.</exception>
    public static HistoryToken Parse(ByteString token) =>
        token.ToStringUtf8().Split('/') is [var runId, var number, var reader]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? new(runId, after, reader == "t")
            : throw RefusedException.Invalid("Invalid NextPageToken.");
}
