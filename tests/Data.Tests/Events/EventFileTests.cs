using Lifecycle.Data.Events;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Events;

public sealed class EventFileTests : IDisposable
{
    private static readonly EventColumns AllColumns = new()
    {
        Input = "host", Time = "at", RequestId = "id", Prediction = "p", Label = "bad", KnownTime = "known", LabelTime = "told",
    };

    private readonly string folder = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    [Fact]
    public void DelimitedFile_WithQuotedFields_GivesEachRowItsFirstLine()
    {
        EventRow[] rows = Read("rows.csv", "host,at\r\n\"a,\"\"b\"\"\r\nc\",2024-03-01\r\n\r\nd,2024-03-02T10:00:00+02:00\n", new() { Input = "host", Time = "at" });
        Assert.Equal(["a,\"b\"\r\nc", "d"], rows.Select(row => row.Input));
        Assert.Equal([2L, 5L], rows.Select(row => row.Line));
        Assert.Equal(new DateTimeOffset(2024, 3, 2, 8, 0, 0, TimeSpan.Zero), rows[1].Time);
        Assert.All(rows, row => Assert.Null(row.Fault));
    }

    [Theory]
    [InlineData("a,b\n", "the row has 2 fields; expected 1, as the header has")]
    [InlineData("\"a\n", "the row holds a quote on line 2 that is never closed")]
    [InlineData("a\"b\n", "the row holds a quote inside a field that does not begin with one")]
    [InlineData("\"\"\nx\n", null)]
    public void DelimitedFile_WithABrokenRow_SaysWhy_AndReadsTheOthers(string text, string? fault) =>
        Assert.Equal(fault, Read("rows.csv", "host\n" + text, new() { Input = "host" })[0].Fault);

    [Theory]
    [InlineData(",2024-03-01,r,0.5,1,,", "column 'host' has no value")]
    [InlineData("a,yesterday,r,0.5,1,,", "column 'at' holds 'yesterday'; expected a time such as 2024-03-01T12:00:00Z")]
    [InlineData("a,2024-03-01,r,1.5,1,,", "column 'p' holds '1.5'; expected a probability, 0 to 1")]
    [InlineData("a,2024-03-01,r,NaN,1,,", "column 'p' holds 'NaN'; expected a probability, 0 to 1")]
    [InlineData("a,2024-03-01,r,0.5,7,,", "column 'bad' holds '7'; expected 0 or 1")]
    [InlineData("a,,,,,,", null)]
    public void Row_WithAValueThatCannotBeRead_SaysWhichAndWhatWasExpected(string line, string? fault) =>
        Assert.Equal(fault, Read("rows.csv", $"host,at,id,p,bad,known,told\n{line}\n", AllColumns).Single().Fault);

    [Fact]
    public void ParquetFile_GivesTheSameRowsAsText()
    {
        using ScratchParquet scratch = new();
        string path = scratch.Write("SELECT 'a.example' AS host, TIMESTAMP '2024-03-01 10:00:00' AS at, 'r1' AS id, 0.25::FLOAT AS p, true AS bad, NULL::TIMESTAMP AS known, DATE '2024-05-01' AS told");
        EventRow row = EventFile.Read(path, "rows.parquet", AllColumns, new DataLimits()).Single();
        Assert.Equal(
            Read("rows.csv", "host,at,id,p,bad,known,told\na.example,2024-03-01 10:00:00,r1,0.25,1,,2024-05-01\n", AllColumns).Single() with { Line = 1 }, row);
    }

    [Fact]
    public void PlainLines_AreInputs()
    {
        EventRow[] rows = Read("hosts.txt", "a.example\n\nb,c\n", new());
        Assert.Equal(["a.example", "", "b,c"], rows.Select(row => row.Input));
        Assert.Equal([1L, 2L, 3L], rows.Select(row => row.Line));
    }

    [Fact]
    public void File_WithoutTheColumn_NamesThoseItHas() => Assert.Contains(
        "rows.csv has no column 'host'; it has name, at",
        Assert.Throws<InvalidDataSourceException>(() => Read("rows.csv", "name,at\nx,y\n", new() { Input = "host" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void File_ThatIsMissing_IsRefused() => Assert.Throws<InvalidDataSourceException>(
        () => EventFile.Read(Path.Combine(folder, "nothing.csv"), "nothing.csv", new(), new DataLimits()));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private EventRow[] Read(string name, string text, EventColumns columns)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return [.. EventFile.Read(path, name, columns, new DataLimits())];
    }
}
