using System.Collections.Concurrent;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Turns;
using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Loop;

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
    private readonly TimeProvider time;
    private readonly IdentifierSource identifiers;
    private readonly DefectLog defects;
    private readonly EngineClock clock;
    private readonly Mailbox mailbox;
    private readonly Recovery recovery;
    private readonly Thread thread;
    private DateTimeOffset lastTurnAt = DateTimeOffset.MinValue;

    public EngineThread(Stores stores, TimeProvider time, IdentifierSource identifiers, DefectLog defects)
    {
        (this.stores, this.time, this.identifiers, this.defects) = (stores, time, identifiers, defects);
        runs = new RunCache(stores.Runs, defects);
        clock = new EngineClock(time, () => Post(new Work<bool>(PassTime)));
        mailbox = new Mailbox(Post);
        recovery = new Recovery(stores, runs, Dispatcher, clock, mailbox);
        thread = new Thread(Loop) { IsBackground = true, Name = "engine" };
    }

    /// <summary>Brings tasks and workers together; to be used within a turn.</summary>
    public Dispatcher Dispatcher { get; } = new();

    /// <summary>Schedules and whatever else takes part in turns. Fixed before <see cref="StartAsync"/>.</summary>
    public List<ITurnParticipant> Participants { get; } = [];

    /// <summary>Called after a commit, on the engine's thread, for each run that changed.</summary>
    public Action<Run> Changed { get; set; } = _ => { };

    /// <summary>Rebuilds the memory from the database and begins to take work.</summary>
    public Task StartAsync()
    {
        clock.Participants = Participants;
        recovery.Participants = Participants;
        var restored = RunAsync(Restore);
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
        Dispatcher.ReleaseAll();
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
        var turn = new Turn(runs, Dispatcher, Now(), identifiers, defects);
        try
        {
            batch.ForEach(work => work.Execute(turn));
            NotifyParticipants(turn);
            TurnCommit.Store(turn, stores, mailbox);
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
        if (recovery.IsDue && turn.HasChanges)
        {
            Process([new Work<bool>(Restore)]);
        }

        clock.Arm();
    }

    private void NotifyParticipants(Turn turn)
    {
        for (var index = 0; index < turn.Closed.Count; index++)
        {
            Participants.ForEach(participant => participant.Closed(turn, turn.Closed[index]));
        }
    }

    // The transaction did not happen. What memory holds may be ahead of the disk, so it is built again from the disk.
    private void Abandon(Turn turn, List<Work> batch, Exception cause)
    {
        stores.Rollback();
        defects.Write(cause);
        var answer = cause is SqliteException ? Work.StorageRefusal(cause) : Work.DefectRefusal(cause);
        turn.Failed();
        batch.ForEach(work => work.Fail(answer));
        recovery.Forget();
        clock.Arm();
    }

    private bool PassTime(Turn turn)
    {
        if (recovery.IsDue)
        {
            return Restore(turn);
        }

        while (clock.TryTake(turn.Now, out var key))
        {
            PassTime(turn, key);
        }

        Participants.ForEach(participant => participant.PassTime(turn));
        return true;
    }

    private void PassTime(Turn turn, long key)
    {
        if (runs.FindReadable(key) is not { } run)
        {
            return;
        }

        var transition = turn.Step(run);
        try
        {
            Deadlines.Pass(transition);
        }
        catch (Exception defect)
        {
            // Only this run's time stands still, until something else moves it.
            turn.Report(defect);
            return;
        }

        turn.Accept(run, transition);
    }

    // Time never runs backwards in the engine, whatever the system's clock does.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return lastTurnAt = now > lastTurnAt ? now : lastTurnAt;
    }

    // What a turn has changed the database does not have yet: read then, it would give a message a second time. After a turn
    // that changed something comes one of the rebuilding's own.
    private bool Restore(Turn turn)
    {
        if (recovery.IsDue && !turn.HasChanges)
        {
            recovery.Restore(turn);
        }

        return true;
    }
}
