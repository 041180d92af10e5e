using Google.Protobuf;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Matching;

/// <summary>Names a task queue; workflow tasks and activities of the same name wait apart.</summary>
internal readonly record struct TaskQueueId(string Namespace, string Name, TaskQueueType Type);

/// <summary>Something a worker can take. It may be stale by then: taking it finds out.</summary>
internal abstract record QueuedTask(long RunKey)
{
    public sealed record Workflow(long RunKey) : QueuedTask(RunKey);

    public sealed record Activity(long RunKey, long ScheduledEventId, int Attempt) : QueuedTask(RunKey);

    public sealed record Query(PendingQuery Pending, bool OnSticky) : QueuedTask(Pending.RunKey);
}

/// <summary>A worker's long poll. It is answered once: with a task, or with null when it should come again.</summary>
internal sealed class Poller(string identity, string workerInstanceKey)
{
    private readonly TaskCompletionSource<IMessage?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Identity { get; } = identity;

    public string WorkerInstanceKey { get; } = workerInstanceKey;

    public Task<IMessage?> Answer => answer.Task;

    public void Complete(IMessage? task) => answer.TrySetResult(task);
}

/// <summary>Tasks that wait for workers and workers that wait for tasks. At most one of the two is not empty.</summary>
internal sealed class TaskQueue
{
    // A sticky queue that nobody polled for so long belongs to a worker that is gone.
    private static readonly TimeSpan Attendance = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, DateTimeOffset> lastPolls = new(StringComparer.Ordinal);
    private DateTimeOffset lastPollAt = DateTimeOffset.MinValue;

    public LinkedList<QueuedTask> Backlog { get; } = [];

    public LinkedList<Poller> Pollers { get; } = [];

    public void Saw(Poller poller, DateTimeOffset now)
    {
        lastPollAt = now;
        lastPolls[poller.Identity] = now;
    }

    public bool IsAttended(DateTimeOffset now) => Pollers.Count > 0 || now - lastPollAt < Attendance;

    /// <summary>Who polled here in the last five minutes, and when last.</summary>
    public IEnumerable<KeyValuePair<string, DateTimeOffset>> RecentPolls(DateTimeOffset now) => lastPolls.Where(poll => now - poll.Value < Memory);

    /// <summary>The poller that waits the longest; those that were sent away meanwhile are passed over.</summary>
    public Poller? TakePoller()
    {
        while (Pollers.First?.Value is { } poller)
        {
            Pollers.RemoveFirst();
            if (!poller.Answer.IsCompleted)
            {
                return poller;
            }
        }

        return null;
    }

    public QueuedTask? TakeTask()
    {
        var task = Backlog.First?.Value;
        if (task is not null)
        {
            Backlog.RemoveFirst();
        }

        return task;
    }
}
