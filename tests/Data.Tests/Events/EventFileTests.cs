using Lifecycle.Data.Events;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Events;

public sealed class EventFileTests : IDisposable
{
    private static readonly EventColumns AllColumns = new()
    {
        Input = "host", Time = "at", RequestId = "id", Predictions = ["p"], Label = "bad", KnownTime = "known", LabelTime = "told",
    };

    private readonly string folder = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    [Fact]
    public void DelimitedFile_WithQuotedFields_GivesEachRowItsFirstLine()
    {
        EventRow[] rows = Read("rows.csv", "host,at\r\n\"a,\"\"b\"\"\r\nc\",2024-03-01T00:00:00Z\r\n\r\nd,2024-03-02T10:00:00+02:00\n", new() { Input = "host", Time = "at" });
        Assert.Equal(["a,\"b\"\r\nc", "d"], rows.Select(row => row.Input));
        Assert.Equal([2L, 5L], rows.Select(row => row.Line));
        Assert.Equal(new DateTimeOffset(2024, 3, 2, 8, 0, 0, TimeSpan.Zero), rows[1].Time);
        Assert.All(rows, row => Assert.Null(row.Fault));
    }

    [Theory]
    [InlineData(",T,r,0.5,1,T,T", "column 'host' has no value")]
    [InlineData("a,yesterday,r,0.5,1,T,T", "column 'at' holds 'yesterday'; expected a time with its zone, such as 2024-03-01T12:00:00Z")]
    [InlineData("a,9999-12-31T23:59:59Z,r,0.5,1,T,T", "column 'at' holds '9999-12-31T23:59:59Z'; expected a time with its zone")]
    [InlineData("a,,r,0.5,1,T,T", "column 'at' has no time; expected")]
    [InlineData("a,T,r,0.5,1,,T", "column 'known' has no time; expected")]
    [InlineData("a,T,r,0.5,1,T,", "column 'told' has no time; expected")]
    [InlineData("a,T,r,1.5,1,T,T", "column 'p' holds '1.5'; expected a probability, 0 to 1")]
    [InlineData("a,T,r,NaN,1,T,T", "column 'p' holds 'NaN'; expected a probability, 0 to 1")]
    [InlineData("a,T,r,0.5,7,T,T", "column 'bad' holds '7'; expected 0 or 1")]
    [InlineData("a,T,,,,T,", null)]
    public void Row_WithAValueThatCannotBeRead_SaysWhichAndWhatWasExpected(string line, string? fault)
    {
        string row = line.Replace("T,", "2024-03-01T00:00:00Z,", StringComparison.Ordinal);
        string? found = Read("rows.csv", $"host,at,id,p,bad,known,told\n{(row.EndsWith('T') ? row[..^1] + "2024-03-01T00:00:00Z" : row)}\n", AllColumns).Single().Fault;
        Assert.StartsWith(fault ?? "", found ?? "", StringComparison.Ordinal);
        Assert.Equal(fault is null, found is null);
    }

    [Fact]
    public void Row_ThatTellsNothing_IsRefusedWhereSomethingIsExpected() => Assert.Equal(
        "the row has neither a prediction nor a label",
        Read("rows.csv", "host,bad\na,\n", new() { Input = "host", Label = "bad" }, Rules with { IsTold = true }).Single().Fault);

    [Fact]
    public void JsonRow_WithAListInTheColumn_IsRefused() => Assert.Equal(
        [null, "column 'host' holds a list or an object; expected a text, a number, true, false or null"],
        Read("rows.jsonl", "{\"host\":\"a\",\"x\":[1]}\n{\"host\":[\"a\"]}\n", new() { Input = "host" }).Select(row => row.Fault));

    [Fact]
    public void ParquetFile_GivesTheSameRowsAsText()
    {
        using ScratchParquet scratch = new();
        string path = scratch.Write("SELECT 'a.example' AS host, TIMESTAMP '2024-03-01 10:00:00' AS at, 'r1' AS id, 0.25::FLOAT AS p, true AS bad, TIMESTAMP '2024-03-01 10:00:00' AS known, TIMESTAMP_S '2024-05-01 00:00:00' AS told");
        EventRow row = EventFile.Open(path, "rows.parquet", AllColumns, Rules, new DataLimits()).Rows.Single();
        Assert.Equal(
            Read("rows.csv", "host,at,id,p,bad,known,told\na.example,2024-03-01T10:00:00Z,r1,0.25,1,2024-03-01T10:00:00Z,2024-05-01T00:00:00Z\n", AllColumns).Single() with { Line = 1 }, row);
    }

    [Fact]
    public void PlainLines_AreInputs()
    {
        EventRow[] rows = Read("hosts.txt", "a.example\n\nb,c\n", new());
        Assert.Equal(["a.example", "", "b,c"], rows.Select(row => row.Input));
        Assert.Equal([1L, 2L, 3L], rows.Select(row => row.Line));
    }

    [Fact]
    public void TimeFormat_WithoutAColumnOfTimes_IsRefused() => Assert.Contains(
        "a time format was given, and no column of times",
        Assert.Throws<InvalidDataSourceException>(() => Read("rows.csv", "host\na\n", new() { Input = "host" }, Rules with { TimeFormat = "unix" })).Message, StringComparison.Ordinal);

    [Fact]
    public void File_ThatIsMissing_IsRefused() => Assert.Throws<InvalidDataSourceException>(
        () => EventFile.Open(Path.Combine(folder, "nothing.csv"), "nothing.csv", new(), Rules, new DataLimits()));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static EventRules Rules => EventRules.At(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero));

    private EventRow[] Read(string name, string text, EventColumns columns, EventRules? rules = null)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return [.. EventFile.Open(path, name, columns, rules ?? Rules, new DataLimits()).Rows];
    }
}
