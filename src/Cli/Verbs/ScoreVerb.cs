using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Scoring;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Scoring;
using Spectre.Console;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle score</c>: starts a batch scoring with the live model, or joins the one of the same key.</summary>
public static class ScoreVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        ScoreOptions options = new();
        return Verb.Create(
            "score", "Score files with the live model of a channel, as a durable batch; exit 1 when a row is refused",
            "score disposable-domain --input domains.txt --out scores --wait",
            "score disposable-domain --input monday.csv tuesday.csv --column domain --time at --key week-9",
            "score flight-delay --input flights.csv --ignore delay --time scheduled_at --out scores",
            "score disposable-domain --snapshot 2020-05 --wait --json")
            .Does(options.All, async (parsed, output, cancellation) =>
            {
                DirectoryInfo? folder = parsed.GetValue(options.Out);
                if (folder is not null)
                {
                    ScoresCopy.Prepare(folder.FullName);
                }

                IBlobStore store = await BlobRooms.OpenStoreAsync(GlobalOptions.BlobOf(parsed), cancellation);
                ArtifactStore artifacts = new(store, Path.Combine(GlobalOptions.HomeOf(parsed).Scratch, "artifacts"));
                ScoringRequest request = await options.ReadAsync(parsed, artifacts, TimeProvider.System, cancellation);
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                WorkflowHandle<BatchScoringWorkflow, ScoringState> batch = await StartAsync(line.Client, request, cancellation);
                if (!parsed.GetValue(options.Wait) && folder is null)
                {
                    output.Result(new { workflowId = batch.Id, runId = batch.ResultRunId }, console => console.Line($"{batch.Id} is in flight; 'lifecycle score' with the same --key and --wait follows it"));
                    return ExitCodes.Success;
                }

                ScoringState state = await FollowAsync(line, batch, output.Progress, cancellation);
                if (folder is not null)
                {
                    // The services may have moved meanwhile: the account is looked up again.
                    IBlobStore current = await BlobRooms.OpenStoreAsync(GlobalOptions.BlobOf(parsed), cancellation);
                    ArtifactStore scored = new(current, Path.Combine(GlobalOptions.HomeOf(parsed).Scratch, "artifacts"));
                    await ScoresCopy.ToFolderAsync(current, scored, state.Manifest!, folder.FullName, cancellation);
                }

                output.Result(state, console => Draw(console, state, folder));
                return state.Progress!.Refusals.Count == 0 ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    /// <summary>Starts a batch; the same one that is in flight is joined, one that is closed is made again of what it left.</summary>
    /// <exception cref="CommandException">A batch of that key is in flight for other rows or options.</exception>
    public static async Task<WorkflowHandle<BatchScoringWorkflow, ScoringState>> StartAsync(
        ITemporalClient client, ScoringRequest request, CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        var batch = await client.StartWorkflowAsync(
            (BatchScoringWorkflow batch) => batch.RunAsync(request),
            new(WorkflowIds.Scoring(request.Model, request.Key), TaskQueues.Lifecycle)
            {
                IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                StaticSummary = $"batch {request.Key} of {request.Model}",
                Rpc = rpc,
            });
        ScoringRequest begun = await BegunRequest.ReadAsync<ScoringRequest>(batch, cancellation);
        return CanonicalJson.Of(begun.Essence()).AsSpan().SequenceEqual(CanonicalJson.Of(request.Essence()))
            ? batch
            : throw new CommandException(ExitCodes.BadInput, $"a batch of {request.Model} with the key '{request.Key}' is in flight for other rows or options; choose another key, or wait for that one");
    }

    private static Task<ScoringState> FollowAsync(
        EngineLine line, WorkflowHandle<BatchScoringWorkflow, ScoringState> batch, Action<string> tell, CancellationToken cancellation)
    {
        WorkflowFollower<BatchScoringWorkflow, ScoringState> follower = new(line, batch.Id, batch.ResultRunId, tell, TimeProvider.System);
        ScoringProgressLines lines = new(follower.Tell);
        return follower.FollowAsync(workflow => workflow.State, lines.See, _ => false, cancellation);
    }

    private static void Draw(IAnsiConsole console, ScoringState state, DirectoryInfo? folder)
    {
        ScoringProgress done = state.Progress!;
        console.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{done.RowCount:N0} rows in {done.DoneCount} partitions scored by version {done.Plan.Champion.Version}, model {Texts.Short(done.Plan.Champion.Publication.ModelDigest)}"));
        console.Line($"scores: {folder?.FullName ?? $"scores/{state.Model}/{state.Key}/ in the store"}");
        RefusalTables.Draw(console, done.Refusals);
    }
}
