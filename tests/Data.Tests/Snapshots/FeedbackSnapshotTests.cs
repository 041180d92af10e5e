using Lifecycle.Data.Predictions;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class FeedbackSnapshotTests : IDisposable
{
    private const string Union = """
        SELECT word, label::INTEGER AS label, seen::INTEGER AS seen, share FROM read_csv(getvariable('rows'))
        UNION ALL SELECT input, label::INTEGER, 1, 0.0 FROM read_parquet(getvariable('feedback'));
        """;

    private readonly ModelFolder folder = new();

    public FeedbackSnapshotTests()
    {
        folder.Change("sql: snapshot.sql", "sql: snapshot.sql\n  feedback: true");
        folder.Write("snapshot.sql", Union);
    }

    [Fact]
    public async Task Snapshot_WithFeedback_HasItsRows_AndItsDigestAmongTheSources()
    {
        DataSnapshot without = await TakeAsync(new Feedback());
        DataSnapshot with = await TakeAsync(new Feedback("told"));
        Assert.Equal((200, 201), (without.RowCount, with.RowCount));
        Assert.Single(with.Sources, source => source.Name == "feedback");
        Assert.NotEqual(with.Sources.Single(source => source.Name == "feedback"), without.Sources.Single(source => source.Name == "feedback"));
    }

    [Fact]
    public async Task Snapshot_WithFeedback_AsksForWhatWasKnownByItsCutoff()
    {
        Feedback feedback = new();
        await TakeAsync(feedback);
        Assert.Equal(("toy", new DateOnly(2024, 1, 31)), feedback.Asked);
    }

    [Fact]
    public async Task Snapshot_TakenTwiceOfTheSameFeedback_IsTheSame()
    {
        DataSnapshot first = await TakeAsync(new Feedback("told"));
        Assert.Equal(first.Sources, (await TakeAsync(new Feedback("told"))).Sources);
    }

    [Fact]
    public async Task Snapshot_WithFeedbackAndNoLog_SaysSo() => Assert.Contains(
        "there is no prediction log here",
        (await Assert.ThrowsAsync<InvalidDataSourceException>(() => TakeAsync(null))).Message,
        StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private Task<DataSnapshot> TakeAsync(IFeedbackSource? feedback) =>
        new SnapshotTaker(new NpmPackageCache(RealModels.PackageCache, TimeProvider.System), new DataLimits(), feedback).TakeAsync(
            ModelDefinitionReader.Read(folder.Path).Definition, folder.Path, "one", folder.Output("rows.parquet"), null, TestContext.Current.CancellationToken);

    private sealed class Feedback(params string[] words) : IFeedbackSource
    {
        public (string Model, DateOnly Cutoff) Asked { get; private set; }

        public Task WriteAsync(ModelDefinition model, DateOnly cutoff, string parquetPath, CancellationToken cancellation)
        {
            Asked = (model.Name, cutoff);
            string parts = Path.GetDirectoryName(parquetPath)!;
            LabelRow[] labels = [.. words.Select(word => new LabelRow { Input = word, Label = 1, KnownTime = new(2024, 1, 5, 0, 0, 0, TimeSpan.Zero), Source = "desk" })];
            FeedbackRows.Write(
                new WindowParts([], [.. LogParts.WriteLabels(labels, parts, new DataLimits(), cancellation).Select(part => part.Path)]),
                cutoff, model.Features.Schema, model.Predicts, parquetPath, new DataLimits(), cancellation);
            return Task.CompletedTask;
        }
    }
}
