using System.Text;
using DuckDB.NET.Data;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Scoring;
using Lifecycle.Client.Releases;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Definitions;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>Models of a table, of a number and of several classes: their rows are scored, logged, imported and fed back as those of one text are.</summary>
public sealed class TableTrafficTests
{
    private static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WatchWindow Window = new("2024-03-01", Day, Day.AddDays(1), TimeProvider.System.GetUtcNow().AddDays(1));

    [Fact]
    public async Task RowsOfATable_AreScoredLoggedImportedAndFedBack_AndBadOnesRefused()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        SampleTables.WriteTo(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(stack.ModelFile)!)!)!);
        using TemporaryFolder folder = new();
        foreach (string model in (string[])[SampleTables.Amount, SampleTables.Level])
        {
            Assert.Equal(RetrainingOutcome.Promoted, (await SampleRuns.RetrainAsync(stack.Client, stack.Home, SampleTables.Snapshot, model)).Outcome);
            await ScoreAsync(stack, folder, model);
            await ImportAsync(stack, folder, model);
        }
    }

    private static async Task ScoreAsync(SampleStack stack, TemporaryFolder folder, string model)
    {
        ArtifactStore artifacts = new(stack.Store, stack.Home.Scratch);
        ScoringState state = await AskAsync(stack, artifacts, model, "table", """
            ordered_at,goods,weight,express,other
            2024-02-01T10:00:00,paper,3.5,true,x
            2024-02-01T11:00:00,glass,,false,x
            2024-02-01T12:00:00,glass,heavy,false,x
            2024-02-01T13:00:00,unheard-of,5,1,x

            """);
        Assert.Equal(4, state.Progress!.RowCount);
        RefusedRow refused = Assert.Single(state.Progress.Refusals.Examples);
        Assert.Equal(("rows.csv", 4), (refused.Source, refused.Line));
        Assert.Contains("column 'weight' holds 'heavy'; expected a number", refused.Reason, StringComparison.Ordinal);

        ScoresCopy.Prepare(folder[model]);
        await ScoresCopy.ToFolderAsync(stack.Store, artifacts, state.Manifest!, folder[model], CancellationToken.None);
        LoggedRequest[] logged = await ReadAsync(stack, folder, model);
        Assert.Equal(["table/0", "table/1", "table/2", "table/3"], logged.Select(request => request.RequestId).Order(StringComparer.Ordinal));
        using LiveModel live = await OpenAsync(stack, model);
        ModelAnswers answers = live.Answer([.. logged.Select(request => request.Input)]);
        Assert.Equal(3, answers.Answers.Count);
        Assert.Equal(answers.Answers.Values, logged.Where(request => request.Prediction is not null).SelectMany(request => request.Answers.IsEmpty ? [request.Prediction!.Value] : request.Answers));

        WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => AskAsync(stack, artifacts, model, "misspelt", "ordered_at,godos,weight,express\n2024-02-01,paper,1,true\n"));
        Assert.Contains("the model does not read the column 'godos'; did you mean 'goods'?", failed.InnerException!.InnerException!.Message, StringComparison.Ordinal);

        ScoringState snapshot = await SampleBatches.ScoreAsync(stack.Client, new() { Model = model, Key = "snapshot", Source = new() { Snapshot = SampleTables.Snapshot }, Log = false });
        Assert.Equal((3000, 0), (snapshot.Progress!.RowCount, snapshot.Progress.Refusals.Count));
    }

    private static async Task ImportAsync(SampleStack stack, TemporaryFolder folder, string model)
    {
        string file = folder["told.csv"];
        string label = model == SampleTables.Level ? "high" : "72.5";
        await File.WriteAllTextAsync(file, $"at,express,goods,ordered_at,weight,truth\n2024-03-01T05:00:00Z,true,steel,2024-02-02T10:00:00,7.0,{label}\n2024-03-01T06:00:00Z,true,steel,2024-02-02T10:00:00,7.0,none\n");
        using LiveModel live = await OpenAsync(stack, model);
        LogImportRequest request = new() { Model = model, File = file, Columns = new() { Time = "at", KnownTime = "at", Label = "truth", LabelTime = "at" } };
        PredictionParts log = new(stack.Store, folder[$"log-{model}"]);
        LogImportResult result = await new LogImport(log, TimeProvider.System).ImportAsync(request, live, TestContext.Current.CancellationToken);
        Assert.Equal((2, 1, 1, 1), (result.RowCount, result.PredictionCount, result.LabelCount, result.Refusals.Count));

        LoggedRequest told = Assert.Single(await ReadAsync(stack, folder, model), request => request.LabelKnownTime is not null);
        Assert.Equal(model == SampleTables.Level ? 2 : 72.5, told.LabelOf(live.Target));
        Assert.Equal(live.Predict(told.Input).Prediction!.Leading, told.Prediction);

        ModelDefinition definition = ModelDefinitionReader.Read(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(stack.ModelFile)!)!, model)).Definition;
        string feedback = folder[$"feedback-{model}.parquet"];
        await new LogFeedback(log, new DataLimits()).WriteAsync(definition, new DateOnly(2024, 3, 1), feedback, TestContext.Current.CancellationToken);
        await using DuckDBConnection database = new("DataSource=:memory:");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using DuckDBCommand command = database.CreateCommand();
        command.CommandText = "SELECT concat_ws(' ', goods, weight, express, label) FROM (SELECT input.*, label FROM read_parquet($path))";
        command.Parameters.Add(new DuckDBParameter("path", feedback));
        Assert.Equal($"steel 7.0 true {label}", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<ScoringState> AskAsync(SampleStack stack, ArtifactStore artifacts, string model, string key, string rows) => await SampleBatches.ScoreAsync(
        stack.Client,
        new ScoringRequest
        {
            Model = model,
            Key = key,
            Source = new() { Files = [new SourceFile("rows.csv", await artifacts.UploadAsync(Encoding.UTF8.GetBytes(rows), "text/csv"))] },
            IgnoredColumns = ["other"],
            Time = Day.AddHours(1),
            HeartbeatTimeout = TimeSpan.FromSeconds(2),
        });

    private static async Task<LoggedRequest[]> ReadAsync(SampleStack stack, TemporaryFolder folder, string model)
    {
        string path = folder["window.parquet"];
        WindowParts parts = await new PredictionParts(stack.Store, folder[$"cache-{model}"]).DownloadAsync(model, Window);
        PredictionWindow.Write(parts, Window, null, path, new DataLimits());
        return [.. LoggedRequest.Read(path, new DataLimits())];
    }

    private static Task<LiveModel> OpenAsync(SampleStack stack, string model) =>
        BlobRooms.OpenLiveModelAsync(stack.Services.BlobConnectionString, stack.Home, model, "production", CancellationToken.None);
}
