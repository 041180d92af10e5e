using DuckDB.NET.Data;
using Lifecycle.Data;
using Lifecycle.Data.Inputs;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Serving.Tests.Models;
using Lifecycle.Serving.Tests.Testing;

namespace Lifecycle.Serving.Tests.Importing;

/// <summary>Traffic of models of columns, of each target: imported, and read back as a window; and what a client logs of them.</summary>
public sealed class TableImportTests : IDisposable
{
    private static readonly WatchWindow Window = new("2024-03-01", LoggerWorld.Day, LoggerWorld.Day.AddDays(1), LoggerWorld.Day.AddYears(1));

    private static readonly ChannelEntry Live = new(
        "mail", "production", 7, ChannelMove.Promotion, new Publication("publications/mail/x", "x", "x", "d", []), "2024-01", LoggerWorld.Day, "retrain/mail");

    private readonly LoggerWorld world = new();

    private PredictionParts Log => new(world.Store, world.Folder["cache"]);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Amounts_AreLoggedWithTheirPredictions()
    {
        LoggedRequest[] requests = await ImportAsync(
            "when,place,x,p,delay\n2024-03-01T01:00:00Z,JFK,12.5,11.5,-20.25\n2024-03-01T02:00:00Z,ATL,,0,\n2024-03-01T03:00:00Z,LAX,far,0,\n",
            TypedModels.Delay, new() { Time = "when", Predictions = ["p"], Label = "delay" }, refused: 1);
        Assert.Equal([11.5f, 0], requests.Select(request => request.Prediction));
        Assert.Equal([-20.25, null], requests.Select(request => request.LabelOf(TypedModels.Delay)));
        Assert.Equal("""{"place":"JFK","x":12.5,"at":null}""", requests[0].Input);
    }

    [Fact]
    public async Task Classes_AreLoggedWithTheirProbabilities()
    {
        LoggedRequest[] requests = await ImportAsync(
            "when,place,a,b,damage\n2024-03-01T01:00:00Z,JFK,0.25,0.75,Minor\n2024-03-01T02:00:00Z,ATL,1,0,Major\n",
            TypedModels.Damage, new() { Time = "when", Predictions = ["None=a", "Minor=b"], Label = "damage" }, refused: 1);
        LoggedRequest only = Assert.Single(requests);
        Assert.Equal([0.25f, 0.75f], only.Answers);
        Assert.Equal((0.75f, "Minor", 1), (only.Prediction, only.Class, only.LabelOf(TypedModels.Damage)));
    }

    [Fact]
    public async Task Labels_OfRowsOfInputs_BelongToEveryRequestWithTheSameInputs_HoweverTheyWereWritten()
    {
        Target.Binary target = new() { Positive = "late", Negative = "early" };
        await ImportAsync("when,place,x,p\n2024-03-01T01:00:00Z,JFK,1.50,0.5\n2024-03-01T02:00:00Z,JFK,2,0.5\n", target, new() { Time = "when", Predictions = ["p"] });
        LoggedRequest[] requests = await ImportAsync("x,y,place\n15e-1,late,JFK\n", target, new() { Label = "y" });
        Assert.Equal([1, null], requests.Select(request => request.LabelOf(target)));
    }

    [Fact]
    public async Task Feedback_OfImportedLabels_IsRowsToLearnFrom()
    {
        await ImportAsync("when,place,x,delay,told\n2024-03-01T01:00:00Z,JFK,1,12.5,2024-03-01T05:00:00Z\n", TypedModels.Delay, new() { Time = "when", Label = "delay", LabelTime = "told" });
        string path = world.Folder["feedback.parquet"];
        WindowParts parts = await Log.DownloadAsync("mail", Window, cancellationToken: TestContext.Current.CancellationToken);
        FeedbackRows.Write(parts, new DateOnly(2024, 3, 1), TypedModels.Schema, TypedModels.Delay, path, new DataLimits(), TestContext.Current.CancellationToken);
        await using DuckDBConnection database = new("DataSource=:memory:");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using DuckDBCommand command = database.CreateCommand();
        command.CommandText = "SELECT concat_ws(' ', place, x, label) FROM (SELECT input.*, label FROM read_parquet($path))";
        command.Parameters.Add(new DuckDBParameter("path", path));
        Assert.Equal("JFK 1.0 12.5", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ClientsRows_OfColumns_AreLoggedAsTheirText_RefusedOnesToo()
    {
        AnsweredRow answered = new(TypedModels.Schema, ["JFK", "0.50", null])
        {
            Prediction = Prediction.Of(TypedModels.Damage, [0.5f, 0.5f]),
        };
        AnsweredRow refused = new(TypedModels.Schema, ["JFK", "far", null]) { Refusal = "column 'x' holds 'far'" };
        await using (PredictionLogger logger = world.Open(world.Options with { CloseTimeout = TimeSpan.FromMinutes(1) }))
        {
            foreach ((AnsweredRow row, int i) in ((AnsweredRow[])[answered, refused]).Select((row, i) => (row, i)))
            {
                await logger.LogAsync(ServedPrediction.Of($"r{i}", LoggerWorld.Day.AddHours(i), row, Live), TestContext.Current.CancellationToken);
            }

            await logger.FlushAsync(TestContext.Current.CancellationToken);
        }

        LoggedRequest[] requests = await ReadAsync();
        Assert.Equal(["""{"place":"JFK","x":0.5,"at":null}""", """{"place":"JFK","x":"far","at":null}"""], requests.Select(request => request.Input));
        Assert.Equal([0.5f, 0.5f], requests[0].Answers);
        Assert.Equal([0.5f, null], requests.Select(request => request.Prediction));
        Assert.Equal([true, false], RowText.Read(TypedModels.Schema, requests.Select(request => request.Input)).Rows.Select(row => row.Fault is null));
    }

    private async Task<LoggedRequest[]> ImportAsync(string text, Target target, Data.Events.EventColumns columns, int refused = 0)
    {
        string file = world.Folder["traffic.csv"];
        await File.WriteAllTextAsync(file, text);
        LogImportRequest request = new() { Model = "mail", File = file, Schema = TypedModels.Schema, Target = target, Columns = columns };
        LogImportResult result = await new LogImport(Log, world.Clock).ImportAsync(request, scorer: null);
        Assert.Equal(refused, result.Refusals.Count);
        return await ReadAsync();
    }

    private async Task<LoggedRequest[]> ReadAsync()
    {
        string path = world.Folder["window.parquet"];
        PredictionWindow.Write(await Log.DownloadAsync("mail", Window), Window, null, path, new DataLimits());
        return [.. LoggedRequest.Read(path, new DataLimits())];
    }
}
