using Lifecycle.Data;
using Lifecycle.Data.Scoring;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// What a child process does while it waits for its stage: it loads the database, and has the store's client compiled. Nothing
/// of it is needed for a result.
/// </summary>
/// <param name="folders">Where it may write.</param>
/// <param name="store">The store; asked for something that is not there.</param>
/// <param name="limits">What the database may use.</param>
internal sealed class StageWarmUp(StageFolders folders, IBlobStore store, DataLimits limits)
{
    private static readonly ScoringRow Row = new() { Number = 0, Source = "", Line = 1, RequestId = "", Time = DateTimeOffset.UnixEpoch, Input = "", Scored = "", Prediction = 0, Refusal = "" };

    /// <summary>Warms up until a stage is asked for. What fails here will fail in the stage too, and says why there.</summary>
    public async Task RunAsync(Task asked)
    {
        Func<Task>[] steps = [TouchDataAsync, () => store.ReadAsync("warm-up", 1)];
        try
        {
            foreach (Func<Task> step in steps.TakeWhile(_ => !asked.IsCompleted))
            {
                await step();
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return;
        }
    }

    private Task TouchDataAsync()
    {
        using StageWorkspace workspace = folders.OpenWorkspace("warm-up");
        string rows = workspace.File("rows.parquet");
        ScoringRows.Write([Row], classes: [], rows, limits);
        _ = ScoringRows.Read(rows, limits);
        return Task.CompletedTask;
    }
}
