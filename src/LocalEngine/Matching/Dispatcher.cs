using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Matching;

/// <summary>
/// Brings tasks and workers together. A task whose worker is already waiting is started in the transaction that made it,
/// so it is durable before the worker hears of it and costs no transaction of its own. Everything here is memory that
/// the states of the runs can rebuild.
/// </summary>
internal sealed class Dispatcher : ITaskOffers
{
    private readonly Dictionary<TaskQueueId, TaskQueue> queues = [];

    public TaskQueue Queue(TaskQueueId id)
    {
        if (!queues.TryGetValue(id, out var queue))
        {
            queues[id] = queue = new TaskQueue();
        }

        return queue;
    }

    /// <inheritdoc/>
    public void OfferWorkflowTask(Turn turn, Run run)
    {
        if (run.State.Task is not { IsStarted: false, NotBefore: null } task)
        {
            return;
        }

        if (task.OnSticky && !Queue(WorkflowQueue(run, task.Queue)).IsAttended(turn.Now))
        {
            var transition = turn.Step(run);
            WorkflowTasks.LeaveSticky(transition);
            turn.Accept(run, transition);
        }

        Offer(turn, WorkflowQueue(run, run.State.Task!.Queue), new QueuedTask.Workflow(run.Key));
    }

    /// <inheritdoc/>
    public void OfferActivity(Turn turn, Run run, long scheduledEventId)
    {
        if (run.State.Activities.TryGetValue(scheduledEventId, out var activity) && activity.IsDispatchable)
        {
            var queue = new TaskQueueId(run.State.Namespace, activity.Attributes.TaskQueue.Name, TaskQueueType.Activity);
            Offer(turn, queue, new QueuedTask.Activity(run.Key, scheduledEventId, activity.Attempt));
        }
    }

    /// <inheritdoc/>
    public void OfferQuery(Turn turn, Run run, PendingQuery query, bool avoidSticky = false)
    {
        var sticky = !avoidSticky && run.State.Sticky is { } known && Queue(WorkflowQueue(run, known.Name)).IsAttended(turn.Now) ? known.Name : null;
        Offer(turn, WorkflowQueue(run, sticky ?? run.State.TaskQueue), new QueuedTask.Query(query, OnSticky: sticky is not null));
    }

    /// <summary>Offers everything of a run that waits for a worker, after a restart.</summary>
    public void OfferAll(Turn turn, Run run)
    {
        OfferWorkflowTask(turn, run);
        foreach (var scheduledEventId in run.State.Activities.Keys)
        {
            OfferActivity(turn, run, scheduledEventId);
        }
    }

    /// <summary>A worker asks for a task and waits where there is none.</summary>
    public void Poll(Turn turn, TaskQueueId id, Poller poller)
    {
        var queue = Queue(id);
        queue.Saw(poller, turn.Now);
        while (queue.TakeTask() is { } task)
        {
            if (TryStart(turn, task, poller) is { } response)
            {
                turn.AfterCommit(() => poller.Complete(response), otherwise: () => poller.Complete(null));
                return;
            }
        }

        queue.Pollers.AddLast(poller);
    }

    /// <summary>The worker waits no more.</summary>
    public void Withdraw(TaskQueueId id, Poller poller, DateTimeOffset now)
    {
        var queue = Queue(id);
        if (queue.Pollers.Remove(poller))
        {
            queue.Saw(poller, now);
        }

        poller.Complete(null);
    }

    /// <summary>Answers every poll of a worker that shuts down, so that it need not wait for its polls to end.</summary>
    public void ReleaseWorker(string @namespace, string workerInstanceKey)
    {
        foreach (var queue in queues.Where(queue => queue.Key.Namespace == @namespace).Select(queue => queue.Value))
        {
            foreach (var poller in queue.Pollers.Where(poller => poller.WorkerInstanceKey == workerInstanceKey).ToArray())
            {
                queue.Pollers.Remove(poller);
                poller.Complete(null);
            }
        }
    }

    /// <summary>The worker of a sticky queue leaves: what waits there goes to the normal queues.</summary>
    public void CloseSticky(Turn turn, TaskQueueId id)
    {
        if (!queues.Remove(id, out var queue))
        {
            return;
        }

        while (queue.TakePoller() is { } poller)
        {
            poller.Complete(null);
        }

        while (queue.TakeTask() is { } task)
        {
            if (turn.Runs.Find(task.RunKey) is not { } run)
            {
                continue;
            }

            if (task is QueuedTask.Query query)
            {
                OfferQuery(turn, run, query.Pending, avoidSticky: true);
            }
            else
            {
                OfferWorkflowTask(turn, run);
            }
        }
    }

    /// <summary>Releases every waiting worker, when the engine stops.</summary>
    public void ReleaseAll()
    {
        foreach (var queue in queues.Values)
        {
            while (queue.TakePoller() is { } poller)
            {
                poller.Complete(null);
            }
        }
    }

    /// <summary>Forgets the tasks, which are about to be offered again, and keeps the workers that wait.</summary>
    public void ForgetTasks()
    {
        foreach (var queue in queues.Values)
        {
            queue.Backlog.Clear();
        }
    }

    private static TaskQueueId WorkflowQueue(Run run, string name) => new(run.State.Namespace, name, TaskQueueType.Workflow);

    private void Offer(Turn turn, TaskQueueId id, QueuedTask task)
    {
        var queue = Queue(id);
        if (queue.TakePoller() is not { } poller)
        {
            queue.Backlog.AddLast(task);
        }
        else if (TryStart(turn, task, poller) is { } response)
        {
            turn.AfterCommit(() => poller.Complete(response), otherwise: () => poller.Complete(null));
        }
        else
        {
            queue.Pollers.AddFirst(poller);
        }
    }

    private static IMessage? TryStart(Turn turn, QueuedTask task, Poller poller)
    {
        if (turn.Runs.Find(task.RunKey) is not { } run)
        {
            return null;
        }

        if (task is QueuedTask.Query query)
        {
            return query.Pending.IsOver ? null : TaskResponses.Query(run, query.Pending, query.OnSticky);
        }

        var transition = turn.Step(run);
        if (task is QueuedTask.Activity activity)
        {
            if (!Activities.Start(transition, activity.ScheduledEventId, activity.Attempt, poller.Identity))
            {
                return null;
            }

            turn.Accept(run, transition);
            return TaskResponses.Activity(run, activity.ScheduledEventId);
        }

        if (!WorkflowTasks.Start(transition, poller.Identity))
        {
            return null;
        }

        turn.Accept(run, transition);
        return TaskResponses.WorkflowTask(run);
    }
}
