using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Turns;

namespace Lifecycle.LocalEngine.Loop;

/// <summary>Writes what a turn changed in one transaction.</summary>
internal static class TurnCommit
{
    /// <summary>Stores it, all or nothing; nothing where it changed nothing.</summary>
    public static void Store(Turn turn, Stores stores, Mailbox mailbox)
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

        Array.ForEach(sent, mailbox.Put);
    }
}
