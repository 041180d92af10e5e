using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Turns;

namespace Lifecycle.LocalEngine.Loop;

/// <summary>
/// Builds the memory from the database: at start, and after a transaction failed. Between a failure and the next success
/// nothing moves by itself; requests are tried, and every second the rebuilding is.
/// </summary>
internal sealed class Recovery(Stores stores, RunCache runs, Dispatcher dispatcher, EngineClock clock, Mailbox mailbox)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public IReadOnlyList<ITurnParticipant> Participants { get; set; } = [];

    /// <summary>The memory is empty and waits to be rebuilt.</summary>
    public bool IsDue { get; private set; } = true;

    /// <summary>Forgets everything that may be ahead of the disk.</summary>
    public void Forget()
    {
        runs.Clear();
        dispatcher.ForgetTasks();
        mailbox.Forget();
        clock.Clear();
        clock.NotBefore = clock.Now() + RetryInterval;
        IsDue = true;
    }

    /// <summary>Sets deadlines, offers tasks and delivers messages as the database has them.</summary>
    public void Restore(Turn turn)
    {
        IsDue = false;
        clock.NotBefore = null;
        foreach (var open in stores.Runs.OpenRuns())
        {
            clock.Set(open.Key, open.Due);
            if (open.AwaitsWorker || !open.IsReadable)
            {
                Offer(turn, open.Key);
            }
        }

        foreach (var participant in Participants)
        {
            participant.Restore(turn);
        }

        stores.Outbox.Unknown().ForEach(id => turn.Report(new InvalidDataException($"Message {id} of the outbox is set aside: its kind is none that this program knows")));
        stores.Outbox.All().ForEach(mailbox.Put);
    }

    private void Offer(Turn turn, long key)
    {
        if (runs.FindReadable(key) is { } run)
        {
            dispatcher.OfferAll(turn, run);
        }
    }
}
