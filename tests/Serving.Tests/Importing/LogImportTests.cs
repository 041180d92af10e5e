using Lifecycle.Data.Events;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Serving.Tests.Testing;

namespace Lifecycle.Serving.Tests.Importing;

public sealed class LogImportTests : IDisposable
{
    private readonly LoggerWorld world = new();

    private PredictionParts Log => new(world.Store, world.Folder["cache"]);

    [Fact]
    public async Task Import_OfTheSameFileTwice_IsOnce()
    {
        string text = "host,at,p\na.example,2024-03-01T00:00:00Z,0.5\nb.example,2024-03-01T00:00:00Z,0.25\na.example,2024-03-02T00:00:00Z,0.5\n";
        EventColumns columns = new() { Input = "host", Time = "at", Predictions = ["p"] };
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
        await ImportAsync("host,at,p\na.example,2024-03-01T00:00:00Z,0.5\nb.example,2024-03-01T00:00:00Z,0.25\n", new() { Input = "host", Time = "at", Predictions = ["p"] });
        LogImportResult labels = await ImportAsync("host,bad,told\na.example,1,2024-03-01T00:00:00Z\n", new() { Input = "host", Label = "bad", LabelTime = "told" });
        Assert.Equal((0, 1), (labels.PredictionCount, labels.LabelCount));
        Assert.Equal(1, Assert.Single(await DaysAsync()).LabelledCount);
    }

    [Fact]
    public async Task Import_OfPredictionsWithLabels_LabelsThatRequestAlone()
    {
        string text = "host,at,p,bad\na.example,2024-03-01T00:00:00Z,0.5,1\na.example,2024-03-01T00:00:00Z,0.5,\n";
        await ImportAsync(text, new() { Input = "host", Time = "at", Predictions = ["p"], Label = "bad" });
        Assert.Equal(1, Assert.Single(await DaysAsync()).LabelledCount);
    }

    [Fact]
    public async Task Import_WithRowsThatCannotBeUsed_NamesFileAndLine_AndTakesTheOthers()
    {
        LogImportResult result = await ImportAsync("host,p\na.example,0.5\nb.example,high\n,0.5\n", new() { Input = "host", Predictions = ["p"] });
        Assert.Equal((3, 1, 2), (result.RowCount, result.PredictionCount, result.Refusals.Count));
        Assert.Equal([("traffic.csv", 3L), ("traffic.csv", 4L)], result.Refusals.Examples.Select(row => (row.Source, row.Line)));
    }

    [Fact]
    public async Task Import_ThatWouldLogNothing_IsRefused() =>
        await Assert.ThrowsAsync<UnusableFileException>(() => ImportAsync("host\na.example\n", new() { Input = "host" }));

    [Fact]
    public async Task Import_OfAFileWithoutTheColumn_IsRefused() => Assert.Contains(
        "traffic.csv has no column 'p'",
        (await Assert.ThrowsAsync<UnusableFileException>(() => ImportAsync("host\na.example\n", new() { Input = "host", Predictions = ["p"] }))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Remove_OfAnImport_TakesItsRowsBack_AndNoOthers_AndItMayBeImportedAgain()
    {
        EventColumns columns = new() { Input = "host", Time = "at", Predictions = ["p"] };
        await ImportAsync("host,at,p\na.example,2024-03-01T00:00:00Z,0.5\n", columns);
        LogImportResult wrong = await ImportAsync("host,at,p\nb.example,2024-03-01T00:00:00Z,0.5\nc.example,2024-02-01T00:00:00Z,0.5\n", columns);
        Assert.Equal([1L, 2L], (await DaysAsync()).Select(day => day.RowCount));

        LogImportEntry? once = await Log.Imports.RemoveAsync("mail", wrong.Id, LoggerWorld.Day, TestContext.Current.CancellationToken);
        LogImportEntry? twice = await Log.Imports.RemoveAsync("mail", wrong.Id, LoggerWorld.Day.AddHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(once!.Removal, twice!.Removal);
        Assert.Equal([1L], (await DaysAsync()).Select(day => day.RowCount));
        LogImportResult again = await ImportAsync("host,at,p\nb.example,2024-03-01T00:00:00Z,0.5\nc.example,2024-02-01T00:00:00Z,0.5\n", columns);
        Assert.NotEqual(wrong.Id, again.Id);
        Assert.Equal([1L, 2L], (await DaysAsync()).Select(day => day.RowCount));
    }

    [Fact]
    public async Task Remove_OfLabels_TakesThemBack()
    {
        await ImportAsync("host,at,p\na.example,2024-03-01T00:00:00Z,0.5\n", new() { Input = "host", Time = "at", Predictions = ["p"] });
        LogImportResult labels = await ImportAsync("host,bad\na.example,1\n", new() { Input = "host", Label = "bad" });
        Assert.Equal(1, Assert.Single(await DaysAsync()).LabelledCount);
        await Log.Imports.RemoveAsync("mail", labels.Id, LoggerWorld.Day, TestContext.Current.CancellationToken);
        Assert.Equal(0, Assert.Single(await DaysAsync()).LabelledCount);
    }

    [Fact]
    public async Task Imports_AreListed_WithFileDigestAndCounts()
    {
        LogImportResult result = await ImportAsync("host,p\na.example,0.5\nb.example,high\n", new() { Input = "host", Predictions = ["p"] });
        LogImportEntry entry = Assert.Single(await Log.Imports.ListAsync("mail", TestContext.Current.CancellationToken));
        Assert.Equal((result.Id, "traffic.csv", LoggerWorld.Day), (entry.Record.Id, entry.Record.FileName, entry.Record.Time));
        Assert.Equal(Domain.Sha256Digest.OfFile(world.Folder["traffic.csv"]), entry.Record.FileDigest);
        Assert.Equal(new LogImportCounts(2, 1, 0, 1), entry.Counts);
        Assert.Null(entry.Removal);
    }

    [Fact]
    public async Task Import_ThatDiedBeforeItsEnd_IsListedAsUnfinished_AndCanBeTakenBack()
    {
        LogImportResult result = await ImportAsync("host,at,p\na.example,2024-03-01T00:00:00Z,0.5\n", new() { Input = "host", Time = "at", Predictions = ["p"] });
        File.Delete(Path.Combine(world.Folder["blobs"], "imports", "mail", result.Id, "done.json"));

        Assert.Null(Assert.Single(await Log.Imports.ListAsync("mail", TestContext.Current.CancellationToken)).Counts);
        await Log.Imports.RemoveAsync("mail", result.Id, LoggerWorld.Day, TestContext.Current.CancellationToken);
        Assert.Empty(await DaysAsync());
    }

    [Theory]
    [InlineData("20240301-000000-000-00000000")]
    [InlineData("")]
    [InlineData("../mail/x")]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task Remove_OfAnImportThatIsNot_IsNone(string id) =>
        Assert.Null(await Log.Imports.RemoveAsync("mail", id, LoggerWorld.Day, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("a.example,9999-12-31T23:59:59Z", "9999-12-31")]
    [InlineData("a.example,9999-12-30T00:00:00Z", "9999-12-30")]
    [InlineData("a.example,0001-01-01T00:00:00Z", "0001-01-01")]
    [InlineData("a.example,0001-01-02T00:00:00Z", "0001-01-02")]
    [InlineData("a.example,1969-12-31T23:59:59Z", "1969-12-31")]
    [InlineData("a.example,2262-04-12T00:00:00Z", "2262-04-12")]
    public async Task Days_OfALogThatHoldsATimeAtAnEndOfTheCalendar_AreCounted(string row, string day)
    {
        string file = world.Folder["traffic.csv"];
        await File.WriteAllTextAsync(file, $"host,at,p\n{row},0.5\n", TestContext.Current.CancellationToken);
        LogImportRequest request = new()
        {
            Model = "mail", File = file, Columns = new() { Input = "host", Time = "at", Predictions = ["p"] }, EarliestTime = DateTimeOffset.MinValue, LatestTime = DateTimeOffset.MaxValue,
        };
        await new LogImport(Log, world.Clock).ImportAsync(request, scorer: null, TestContext.Current.CancellationToken);
        LogDay only = Assert.Single(await DaysAsync());
        Assert.Equal((day, 1L), (only.Day.ToString("yyyy-MM-dd", null), only.RowCount));
    }

    [Fact]
    public async Task Import_OfThreeThousandDays_IsOneImport()
    {
        string rows = string.Concat(Enumerable.Range(0, 3000).Select(i => $"a.example,{new DateTime(2015, 1, 1).AddDays(i):yyyy-MM-dd}T00:00:00Z,0.5\n"));
        LogImportResult result = await ImportAsync("host,at,p\n" + rows, new() { Input = "host", Time = "at", Predictions = ["p"] });
        Assert.Equal(3000, result.PredictionCount);
        Assert.Equal(3000, (await Log.DaysAsync("mail", TestContext.Current.CancellationToken)).Count);
    }

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
