using Lifecycle.LocalEngine.Turns;

namespace Lifecycle.LocalEngine.Matching;

/// <summary>Gives out the answers to the queries of a run.</summary>
internal static class QueryAnswers
{
    /// <summary>The answers that came with a completed workflow task, given out after the commit.</summary>
    public static void Give(Turn turn, Run run, IEnumerable<KeyValuePair<string, Temporalio.Api.Query.V1.WorkflowQueryResult>> results)
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
