using Lifecycle.Data.Events;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;

namespace Lifecycle.Data.Tests.Tables;

/// <summary>One reader: a file that a batch or an import refuses, training refuses, with the same words.</summary>
public sealed class TableFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ModelFolder folder = new();

    public static TheoryData<string> Corpus => TableCorpus.Cases;

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task File_OfTheCorpus_HasOneVerdictForEventsAndTraining(string kind)
    {
        (string name, Func<byte[]> content, string? refusal) = TableCorpus.Files[kind];
        string path = Path.Combine(folder.Path, name);
        await File.WriteAllBytesAsync(path, content(), TestContext.Current.CancellationToken);
        folder.Change("rows: rows.csv", $"rows: {name}");
        folder.Write("snapshot.sql", "SELECT 'a' AS word, 1 AS label, 1 AS seen, 0.5 AS share");

        Exception? asEvents = Record.Exception(() => Open(path, name, new() { Input = "host" }));
        Exception? asSource = await Record.ExceptionAsync(TakeAsync);

        if (refusal is null)
        {
            Assert.Null(asEvents);
            Assert.Null(asSource);
            return;
        }

        Assert.All([asEvents, asSource], refused => Assert.Contains(refusal, Assert.IsType<InvalidDataSourceException>(refused).Message, StringComparison.Ordinal));
        Assert.All([asEvents, asSource], refused => Assert.True(refused!.Message.Length <= 1 + InvalidDataSourceException.MaximumCharacters));
    }

    [Theory]
    [InlineData("rows.csv.gz", "host\na\n", false)]
    [InlineData("rows.csv", "host\na\n", true)]
    public async Task Source_WhoseNameSaysAnotherPacking_IsRefused(string name, string text, bool isPacked)
    {
        byte[] content = TableCorpus.Utf8(text);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, name), isPacked ? TableCorpus.Gzip(content) : content, TestContext.Current.CancellationToken);
        folder.Change("rows: rows.csv", $"rows: {name}");

        Assert.Contains("its name says otherwise", (await Assert.ThrowsAsync<InvalidDataSourceException>(TakeAsync)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'gr\\xC3\\xB6n'::BLOB", "column 'host' of rows.parquet is BLOB; expected text, numbers, booleans or times")]
    [InlineData("['a']", "column 'host' of rows.parquet is VARCHAR[]; expected text")]
    [InlineData("{'a': 1}", "column 'host' of rows.parquet is STRUCT(a INTEGER); expected text")]
    [InlineData("map {'a': 1}", "column 'host' of rows.parquet is MAP(VARCHAR, INTEGER); expected text")]
    [InlineData("[[1]]", "column 'host' of rows.parquet is INTEGER[][]; expected text")]
    [InlineData("'a' || chr(0)", "rows.parquet, row 1: column 'host' holds a NUL")]
    [InlineData("repeat('a', 2000000)", "rows.parquet, row 1: column 'host' is longer than 1048576 characters")]
    public void ParquetFile_WithAColumnThatIsNoText_IsRefused(string value, string refusal)
    {
        using ScratchParquet scratch = new();
        string path = scratch.Write($"SELECT {value} AS host");
        Assert.Contains(refusal, Assert.Throws<InvalidDataSourceException>(() => Open(path, "rows.parquet", new() { Input = "host" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("18446744073709551615::UBIGINT", "18446744073709551615")]
    [InlineData("1.50::DECIMAL(9, 2)", "1.50")]
    [InlineData("true", "true")]
    [InlineData("-3::TINYINT", "-3")]
    [InlineData("TIMESTAMP '2024-03-01 10:00:00'", "2024-03-01T10:00:00.000000Z")]
    [InlineData("'=1+1'", "=1+1")]
    public void ParquetFile_WithAPlainColumn_GivesItsText(string value, string text)
    {
        using ScratchParquet scratch = new();
        string path = scratch.Write($"SELECT {value} AS host, 'x'::BLOB AS unused");
        Assert.Equal(text, Open(path, "rows.parquet", new() { Input = "host" }).Rows.Single().Input);
    }

    [Theory]
    [InlineData("rows.txt", "a\nb,c\n", null, "a|b,c")]
    [InlineData("rows.txt", "host,at\na,2024-03-01T00:00:00Z\n", "host", "a")]
    [InlineData("rows.data", "at\thost\n1\ta\n", "host", "a")]
    [InlineData("rows.csv", "{\"host\":\"a\"}\n", "host", "a")]
    [InlineData("rows", "input\na\n", null, "a")]
    [InlineData("rows.jsonl", "a\nb\n", null, "a|b")]
    public void File_IsReadByItsContent(string name, string text, string? column, string inputs) =>
        Assert.Equal(inputs.Split('|'), Open(folder.Write(name, text), name, new() { Input = column }).Rows.Select(row => row.Input));

    public static TheoryData<EventColumns> NamedColumns => new(
        new EventColumns { Input = "host" }, new EventColumns { Time = "at" }, new EventColumns { Label = "bad" }, new EventColumns { RequestId = "id" },
        new EventColumns { Predictions = ["p"] }, new EventColumns { KnownTime = "at" }, new EventColumns { Label = "bad", LabelTime = "told" });

    [Theory]
    [MemberData(nameof(NamedColumns))]
    public void LinesOfText_WithANamedColumn_AreRefused(EventColumns columns) => Assert.Contains(
        "is a text with a value on each line, and has no column",
        Assert.Throws<InvalidDataSourceException>(() => Open(folder.Write("rows.txt", "a\nb\n"), "rows.txt", columns)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("host\n", "rows.csv has no rows")]
    [InlineData("name,at\nx,y\n", "rows.csv has no column 'host'; it has name, at")]
    public void File_WithoutRowsOrTheColumn_IsRefused(string text, string refusal) => Assert.Contains(
        refusal, Assert.Throws<InvalidDataSourceException>(() => Open(folder.Write("rows.csv", text), "rows.csv", new() { Input = "host" })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(10, 90, false)]
    [InlineData(11, 89, true)]
    [InlineData(50, 950, false)]
    [InlineData(51, 949, true)]
    public void File_WithTooManyRefusedRows_IsRefusedWhole(int bad, int good, bool isRefused)
    {
        string path = folder.Write("rows.csv", "host,p\n" + string.Concat(Enumerable.Repeat("a,high\n", bad)) + string.Concat(Enumerable.Repeat("a,0.5\n", good)));
        Exception? refused = Record.Exception(() => Assert.Equal(bad, Open(path, "rows.csv", new() { Input = "host", Predictions = ["p"] }).RefusedCount));
        Assert.Equal(isRefused ? $"rows.csv: {bad} of {bad + good} rows are refused, and at most 5 % may be; the first is line 2: column 'p' holds 'high'; expected a probability, 0 to 1" : null, refused?.Message);
    }

    [Theory]
    [InlineData(4000, null)]
    [InlineData(4001, "rows.csv, line 4002: the times up to here are of more than 4000 different days")]
    public void File_OfManyDays_IsRefusedAboveTheBound(int days, string? refusal)
    {
        string path = folder.Write("rows.csv", "host,at\n" + string.Concat(Enumerable.Range(0, days).Select(i => $"a,{new DateTime(2010, 1, 1).AddDays(i):yyyy-MM-dd}T00:00:00Z\n")));
        Exception? refused = Record.Exception(() => Open(path, "rows.csv", new() { Input = "host", Time = "at" }));
        Assert.Equal(refusal is null, refused is null);
        Assert.StartsWith(refusal ?? "", refused?.Message ?? "", StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static EventFile Open(string path, string name, EventColumns columns) => EventFile.Open(path, name, columns, EventRules.At(Now), new DataLimits());

    private Task TakeAsync() => RealModels.Taker().TakeAsync(
        ModelDefinitionReader.Read(folder.Path).Definition, folder.Path, "one", folder.Output("taken.parquet"), progress: null, TestContext.Current.CancellationToken);
}
