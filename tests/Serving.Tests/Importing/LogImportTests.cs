using Lifecycle.Data.Events;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;

namespace Lifecycle.Serving.Tests.Importing;

public sealed class LogImportTests : IDisposable
{
    private readonly LoggerWorld world = new();

    private PredictionParts Log => new(world.Store, world.Folder["cache"]);

    [Fact]
    public async Task Import_OfTheSameFileTwice_IsOnce()
    {
        string text = "host,at,p\na.example,2024-03-01,0.5\nb.example,2024-03-01,0.25\na.example,2024-03-02,0.5\n";
        EventColumns columns = new() { Input = "host", Time = "at", Prediction = "p" };
        Assert.Equal(3, (await ImportAsync(text, columns)).PredictionCount);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await ImportAsync(text, columns);
        LogDay[] days = await DaysAsync();
        Assert.Equal([2L, 1L], days.Select(day => day.RowCount));
        Assert.Equal([2L, 1L], days.Select(day => day.RepeatedCount));
    }

    [Fact]
    public async Task Import_OfLabelsByInput_LabelsTheRequestsThatWereImportedBefore()
    {
        await ImportAsync("host,at,p\na.example,2024-03-01,0.5\nb.example,2024-03-01,0.25\n", new() { Input = "host", Time = "at", Prediction = "p" });
        LogImportResult labels = await ImportAsync("host,bad,told\na.example,1,2024-04-01\n", new() { Input = "host", Label = "bad", LabelTime = "told" });
        Assert.Equal((0, 1), (labels.PredictionCount, labels.LabelCount));
        Assert.Equal(1, Assert.Single(await DaysAsync()).LabelledCount);
    }

    [Fact]
    public async Task Import_OfPredictionsWithLabels_LabelsThatRequestAlone()
    {
        string text = "host,at,p,bad\na.example,2024-03-01,0.5,1\na.example,2024-03-01,0.5,\n";
        await ImportAsync(text, new() { Input = "host", Time = "at", Prediction = "p", Label = "bad" });
        Assert.Equal(1, Assert.Single(await DaysAsync()).LabelledCount);
    }

    [Fact]
    public async Task Import_WithRowsThatCannotBeUsed_NamesFileAndLine_AndTakesTheOthers()
    {
        LogImportResult result = await ImportAsync("host,p\na.example,0.5\nb.example,high\n,0.5\n", new() { Input = "host", Prediction = "p" });
        Assert.Equal((3, 1, 2), (result.RowCount, result.PredictionCount, result.Refusals.Count));
        Assert.Equal([("traffic.csv", 3L), ("traffic.csv", 4L)], result.Refusals.Examples.Select(row => (row.Source, row.Line)));
    }

    [Fact]
    public async Task Import_ThatWouldLogNothing_IsRefused() =>
        await Assert.ThrowsAsync<UnusableFileException>(() => ImportAsync("host\na.example\n", new() { Input = "host" }));

    [Fact]
    public async Task Import_OfAFileWithoutTheColumn_IsRefused() => Assert.Contains(
        "traffic.csv has no column 'p'",
        (await Assert.ThrowsAsync<UnusableFileException>(() => ImportAsync("host\na.example\n", new() { Input = "host", Prediction = "p" }))).Message,
        StringComparison.Ordinal);

    public void Dispose() => world.Dispose();

    private async Task<LogImportResult> ImportAsync(string text, EventColumns columns)
    {
        string file = world.Folder["traffic.csv"];
        await File.WriteAllTextAsync(file, text);
        return await new LogImport(Log, world.Clock).ImportAsync(new() { Model = "mail", File = file, Columns = columns }, scorer: null);
    }

    private async Task<LogDay[]> DaysAsync() =>
        [.. await new LogDays(Log).CountAsync("mail", DateOnly.MinValue, DateOnly.MaxValue, LoggerWorld.Day.AddYears(1))];
}
