using Lifecycle.LocalEngine.Turns;

namespace Lifecycle.LocalEngine.Matching;

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
            Array.ForEach(waiting, query => turn.Dispatcher.OfferQuery(turn, run, query));
        }
    }

    /// <summary>The answers that came with a completed workflow task, given out after the commit.</summary>
    public static void Answer(Turn turn, Run run, IEnumerable<KeyValuePair<string, Temporalio.Api.Query.V1.WorkflowQueryResult>> results)
    {
        foreach (var (key, result) in results)
        {
            if (run.Queries.Find(query => TaskResponses.QueryKey(query) == key) is { } query)
            {
                run.Queries.Remove(query);
                turn.AfterCommit(() => query.Complete(TaskResponses.AnswerOf(result)));
            }
        }
    }
}
