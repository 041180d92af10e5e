namespace Lifecycle.LocalEngine.Turns;

/// <summary>Keeps the queries of a run on their way when its workflow task comes or goes.</summary>
internal static class PendingQueries
{
    /// <summary>
    /// Without an open workflow task, queries become tasks of their own; with one that failed and is open again, they will
    /// travel with it once more.
    /// </summary>
    public static void Follow(Turn turn, Run run)
    {
        if (run.Queries.Count == 0)
        {
            return;
        }

        run.Queries.RemoveAll(query => query.IsOver);
        if (run.State.Task is null)
        {
            var waiting = run.Queries.ToArray();
            run.Queries.Clear();
            Array.ForEach(waiting, query => turn.Offers.OfferQuery(turn, run, query));
        }
    }
}
