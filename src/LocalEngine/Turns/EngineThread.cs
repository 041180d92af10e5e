using System.Collections.Concurrent;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>
/// The one thread that changes anything. It takes all work that has arrived, does it against the runs in memory, writes
/// what changed in one transaction and answers after the commit; meanwhile the next batch gathers. So a transaction is
/// never larger than the work that waited for the disk, and no lock guards any state.
/// </summary>
internal sealed class EngineThread : IDisposable
{
    private const int MaximumBatch = 256;
    private readonly BlockingCollection<Work> queue = [];
    private readonly Stores stores;
    private readonly RunCache runs;
    private readonly Dispatcher dispatcher = new();
    private readonly TimeProvider time;
    private readonly IdentifierSource identifiers;
    private readonly ILogger logger;
    private readonly EngineClock clock;
    private readonly Recovery recovery;
    private readonly Thread thread;

    public EngineThread(Stores stores, TimeProvider time, IdentifierSource identifiers, ILogger logger)
    {
        (this.stores, this.time, this.identifiers, this.logger) = (stores, time, identifiers, logger);
        runs = new RunCache(stores.Runs);
        clock = new EngineClock(time, () => Post(new Work<bool>(PassTime)));
        recovery = new Recovery(stores, runs, dispatcher, clock, Deliver);
        thread = new Thread(Loop) { IsBackground = true, Name = "engine" };
    }

    /// <summary>Schedules and whatever else takes part in turns. Fixed before <see cref="StartAsync"/>.</summary>
    public List<ITurnParticipant> Participants { get; } = [];

    /// <summary>Called after a commit, on the engine's thread, for each run that changed.</summary>
    public Action<Run> Changed { get; set; } = _ => { };

    /// <summary>Rebuilds the memory from the database and begins to take work.</summary>
    public Task StartAsync()
    {
        clock.Participants = Participants;
        recovery.Participants = Participants;
        var restored = RunAsync(turn =>
        {
            recovery.Restore(turn);
            return true;
        });
        thread.Start();
        return restored;
    }

    /// <summary>Does work in a transaction; the task completes after its commit.</summary>
    /// <exception cref="RefusedException">The work was refused, or the disk did not take it.</exception>
    public Task<T> RunAsync<T>(Func<Turn, T> work)
    {
        var posted = new Work<T>(work);
        Post(posted);
        return posted.Result;
    }

    /// <summary>Sends every waiting worker away, so that a door behind which they wait can be closed.</summary>
    public void ReleaseWorkers() => Post(new Work<bool>(_ =>
    {
        dispatcher.ReleaseAll();
        return true;
    }));

    /// <summary>Finishes the work that has arrived and stops.</summary>
    public void Dispose()
    {
        clock.Dispose();
        queue.CompleteAdding();
        if (thread.ThreadState != ThreadState.Unstarted)
        {
            thread.Join();
        }

        queue.Dispose();
    }

    private void Post(Work work)
    {
        try
        {
            queue.Add(work);
        }
        catch (InvalidOperationException)
        {
            work.Fail(new RefusedException(Grpc.Core.StatusCode.Unavailable, "the engine is stopping"));
        }
    }

    private void Loop()
    {
        foreach (var first in queue.GetConsumingEnumerable())
        {
            var batch = new List<Work> { first };
            while (batch.Count < MaximumBatch && queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            Process(batch);
        }
    }

    private void Process(List<Work> batch)
    {
        var turn = new Turn(runs, dispatcher, time.GetUtcNow(), identifiers);
        try
        {
            batch.ForEach(work => work.Execute(turn));
            NotifyParticipants(turn);
            Commit(turn);
        }
        catch (Exception cause)
        {
            Abandon(turn, batch, cause);
            return;
        }

        turn.Committed();
        foreach (var run in turn.Touched)
        {
            Changed(run);
            clock.Set(run);
        }

        runs.Trim(turn.Touched);
        recovery.Succeeded(turn.HasChanges, () => Post(new Work<bool>(Restore)));
        clock.Arm();
    }

    private void NotifyParticipants(Turn turn)
    {
        for (var index = 0; index < turn.Closed.Count; index++)
        {
            Participants.ForEach(participant => participant.Closed(turn, turn.Closed[index]));
        }
    }

    private void Commit(Turn turn)
    {
        if (!turn.HasChanges)
        {
            return;
        }

        stores.Begin();
        foreach (var run in turn.Touched)
        {
            run.Save(stores.Runs);
        }

        foreach (var write in turn.Writes)
        {
            write(stores);
        }

        var sent = turn.Messages.Select(stores.Outbox.Add).ToArray();
        Failpoints.Pass(Failpoints.BeforeCommit);
        stores.Commit();
        Failpoints.Pass(Failpoints.AfterCommit);
        foreach (var run in turn.Touched)
        {
            run.MarkStored();
        }

        Array.ForEach(sent, Deliver);
    }

    // The transaction did not happen. What memory holds may be ahead of the disk, so it is built again from the disk.
    private void Abandon(Turn turn, List<Work> batch, Exception cause)
    {
        stores.Rollback();
        logger.LogError(cause, "A transaction of {Count} requests was abandoned", batch.Count);
        var answer = cause is SqliteException
            ? Work.StorageRefusal(cause)
            : new RefusedException(Grpc.Core.StatusCode.Internal, $"The engine met a defect and changed nothing: {cause.GetType().Name}: {cause.Message}");
        turn.Failed();
        batch.ForEach(work => work.Fail(answer));
        recovery.Forget();
        clock.Arm();
    }

    private void Deliver(OutboxMessage message) => Post(new Work<bool>(turn =>
    {
        Deliveries.Deliver(turn, message);
        return true;
    }));

    private bool PassTime(Turn turn)
    {
        if (recovery.IsDue)
        {
            return Restore(turn);
        }

        while (clock.TryTake(turn.Now, out var key))
        {
            if (runs.Find(key) is { } run)
            {
                var transition = turn.Step(run);
                Deadlines.Pass(transition);
                turn.Accept(run, transition);
            }
        }

        Participants.ForEach(participant => participant.PassTime(turn));
        return true;
    }

    private bool Restore(Turn turn)
    {
        recovery.Restore(turn);
        return true;
    }
}
