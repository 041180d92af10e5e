using System.Collections.Immutable;
using Lifecycle.Data.Inputs;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Inputs;

/// <summary>Rows of a file are the same rows in each format; a file whose columns are not the model's is refused, with the nearest name.</summary>
public sealed class GivenTableTests : IDisposable
{
    private const string Header = "scheduled_at,distance,origin,stops,freight,note\n";

    private static readonly InputSchema Schema = new(
    [
        new() { Name = "origin", Type = InputType.Category },
        new() { Name = "distance", Type = InputType.Number, Nullable = true },
        new() { Name = "stops", Type = InputType.Integer, Nullable = true },
        new() { Name = "freight", Type = InputType.Boolean },
        new() { Name = "scheduled_at", Type = InputType.Timestamp, Zone = InputZone.Local },
        new() { Name = "note", Type = InputType.Text, Nullable = true },
    ]);

    private readonly TemporaryFolder folder = new();
    private readonly ScratchParquet scratch = new();

    public static TheoryData<string, string> Formats => new()
    {
        { "rows.csv", Header + "2001-06-20T17:35:00,2475.5,JFK,0,false,\"a, b\"\n2001-06-21T09:00:00,,ATL,,1,\n" },
        { "rows.tsv", (Header + "2001-06-20T17:35:00,2475.5,JFK,0,false,a; b\n2001-06-21T09:00:00,,ATL,,1,\n").Replace(',', '\t').Replace(';', ',') },
        { "rows.jsonl", """
            {"scheduled_at": "2001-06-20T17:35:00", "distance": 2475.5, "origin": "JFK", "stops": 0, "freight": false, "note": "a, b"}
            {"scheduled_at": "2001-06-21T09:00:00", "origin": "ATL", "stops": null, "freight": 1}
            """ },
        { "rows.json", """[{"note": "a, b", "origin": "JFK", "stops": 0, "freight": false, "distance": 2475.5, "scheduled_at": "2001-06-20T17:35:00"}, {"freight": true, "origin": "ATL", "scheduled_at": "2001-06-21T09:00"}]""" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Rows_OfAnyTextFormat_AreTheSameRows(string name, string text) => AssertSame(Read(name, text));

    [Fact]
    public void Rows_OfAParquetFile_AreTheSameRows() => AssertSame(ReadParquet("""
        SELECT TIMESTAMP '2001-06-20 17:35:00' AS scheduled_at, 2475.5::DOUBLE AS distance, 'JFK' AS origin, 0::TINYINT AS stops, false AS freight, 'a, b' AS note
        UNION ALL SELECT TIMESTAMP '2001-06-21 09:00:00', NULL, 'ATL', NULL, true, NULL
        """));

    [Fact]
    public void Column_ThatMayBeMissing_MayBeLeftOut()
    {
        GivenRows rows = Read("rows.csv", "origin,freight,scheduled_at\nJFK,true,2001-06-20\n");
        Assert.Null(Assert.Single(rows.Rows).Fault);
        Assert.True(rows.Sound.Columns[1].IsMissing(0));
        Assert.True(rows.Sound.Columns[2].IsMissing(0));
        Assert.True(rows.Sound.Columns[5].IsMissing(0));
    }

    [Fact]
    public void EmptyText_InQuotes_IsAValue()
    {
        GivenRows rows = Read("rows.csv", Header + "2001-06-20,1,JFK,1,0,\"\"\n");
        Assert.Equal("", ((InputValues.Texts)rows.Sound.Columns[5]).Values[0]);
    }

    [Theory]
    [InlineData("rows.csv", "Origin,freight,scheduled_at\nJFK,1,2001-06-20\n", "rows.csv, line 1: the model does not read the column 'Origin'; did you mean 'origin'?")]
    [InlineData("rows.csv", "orgin,freight,scheduled_at\nJFK,1,2001-06-20\n", "the model does not read the column 'orgin'; did you mean 'origin'?")]
    [InlineData("rows.csv", "origin,freight,scheduled_at,dsitance\nJFK,1,2001-06-20,5\n", "the model does not read the column 'dsitance'; did you mean 'distance'?")]
    [InlineData("rows.csv", "origin,freight,scheduled_at,delay,key\nJFK,1,2001-06-20,5,6\n", "the model does not read the columns delay, key; it reads origin, distance, stops, freight, scheduled_at, note; take out what it does not read, or name it with --ignore")]
    [InlineData("rows.csv", "origin,freight\nJFK,1\n", "rows.csv: the column 'scheduled_at' is missing; expected a wall clock without zone such as 2024-03-01T12:00:00. The model reads origin,")]
    [InlineData("rows.csv", "origin,ORIGIN,freight,scheduled_at\nJFK,ATL,1,2001-06-20\n", "rows.csv, line 1: the columns 'origin' and 'ORIGIN' differ only in case; take one out")]
    [InlineData("rows.csv", "origin,origin,freight,scheduled_at\nJFK,ATL,1,2001-06-20\n", "rows.csv, line 1: the header has the column 'origin' twice; rename one")]
    [InlineData("rows.csv", "origin;freight;scheduled_at\nJFK;1;2001-06-20\n", "is it separated by semicolons? expected commas or tabs")]
    [InlineData("rows.csv", "origin,freight,scheduled_at\n", "rows.csv has no rows")]
    [InlineData("rows.csv", "origin,freight,scheduled_at\nJFK,1,2001-06-20,5\n", "rows.csv, line 2: the row has 4 fields; expected 3")]
    [InlineData("rows.txt", "JFK\nATL\n", "rows.txt, line 1: the model does not read the column 'JFK'")]
    [InlineData("rows.jsonl", "{\"origin\":\"JFK\",\"freight\":true,\"scheduled_at\":\"2001-06-20\"}\n{\"orgin\":\"JFK\"}\n", "rows.jsonl, line 2: the model does not read the column 'orgin'")]
    [InlineData("rows.jsonl", "{\"origin\":\"JFK\",\"freight\":true,\"scheduled_at\":\"2001-06-20\"}\n{\"Origin\":\"JFK\"}\n", "rows.jsonl, line 2: the columns 'origin' and 'Origin' differ only in case")]
    [InlineData("rows.jsonl", "{\"origin\":\"JFK\",\"origin\":\"ATL\",\"freight\":true,\"scheduled_at\":\"2001-06-20\"}\n", "rows.jsonl, line 1: the JSON object that begins here cannot be read")]
    [InlineData("rows.json", "[]", "rows.json: the column 'origin' is missing")]
    public void File_WithOtherColumns_IsRefused(string name, string text, string refusal) => Refuses(() => Read(name, text), refusal);

    [Theory]
    [InlineData("'5' AS distance", "rows.parquet: column 'distance' is of type text; expected a number such as 12.5: write the file with the column as number")]
    [InlineData("5.5::DOUBLE AS stops", "column 'stops' is of type number; expected a whole number such as 12")]
    [InlineData("7 AS note", "column 'note' is of type integer; expected a text")]
    [InlineData("[1.5] AS distance", "column 'distance' of rows.parquet is")]
    [InlineData("18446744073709551615::UBIGINT AS stops, 1 AS Stops", "the model does not read the column 'Stops")]
    public void ParquetFile_WithAnotherType_IsRefused(string columns, string refusal) => Refuses(
        () => ReadParquet($"SELECT 'JFK' AS origin, true AS freight, TIMESTAMP '2001-06-20 00:00:00' AS scheduled_at, {columns}"), refusal);

    [Theory]
    [InlineData("18446744073709551615::UBIGINT AS stops", "column 'stops' holds '18446744073709551615'; expected a whole number such as 12, of 64 bits")]
    [InlineData("'NaN'::DOUBLE AS distance", "column 'distance' holds 'nan'; expected a number such as 12.5; leave a missing one out")]
    [InlineData("1e308::DOUBLE AS distance", "of 32 bits")]
    [InlineData("TIMESTAMPTZ '2001-06-20 00:00:00+00' AS scheduled_at", "holds '2001-06-20T00:00:00.000000Z'; expected a wall clock without zone")]
    [InlineData("2 AS freight", "column 'freight' holds '2'; expected true, false, 1 or 0")]
    public void ParquetValue_OutOfItsType_RefusesItsRow(string columns, string fault)
    {
        string others = string.Concat(new[] { "'JFK' AS origin, ", "true AS freight, ", "TIMESTAMP '2001-06-20 00:00:00' AS scheduled_at, " }.Where(column => !columns.Contains(column.Split(" AS ")[1].Trim(' ', ','), StringComparison.Ordinal)));
        Assert.Contains(fault, Assert.Single(ReadParquet($"SELECT {others}{columns}").Rows).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"stops\": \"3\"", "column 'stops' holds \"3\"; expected a number, without quotes")]
    [InlineData("\"distance\": true", "column 'distance' holds true; expected a number, without quotes")]
    [InlineData("\"distance\": \"12,5\"", "column 'distance' holds \"12,5\"; expected a number, without quotes")]
    [InlineData("\"note\": 7", "column 'note' holds 7; expected a text, in quotes")]
    [InlineData("\"note\": [1]", "column 'note' holds a list or an object; expected a text")]
    [InlineData("\"stops\": 1e3", "column 'stops' holds '1e3'; expected a whole number")]
    [InlineData("\"stops\": 99999999999999999999", "of 64 bits")]
    public void JsonValue_OfAnotherKind_RefusesItsRow(string member, string fault)
    {
        GivenRows rows = Read("rows.jsonl", $$"""{"origin":"JFK","freight":true,"scheduled_at":"2001-06-20",{{member}}}""");
        Assert.Contains(fault, Assert.Single(rows.Rows).Fault, StringComparison.Ordinal);
        Assert.Equal(0, rows.Sound.Count);
    }

    [Fact]
    public void JsonBoolean_AsText_RefusesItsRow() => Assert.Contains(
        "column 'freight' holds \"yes\"; expected true or false, without quotes",
        Assert.Single(Read("rows.jsonl", """{"origin":"JFK","freight":"yes","scheduled_at":"2001-06-20"}""").Rows).Fault, StringComparison.Ordinal);

    [Fact]
    public void RefusedRow_AmongOthers_NamesItsLineAndLeavesTheOthersAlone()
    {
        GivenRows rows = Read("rows.csv", "origin,freight,scheduled_at,distance\nJFK,yes,2001-06-20,1\nATL,1,2001-06-20,2\nLAX,1,,3\nSFO,0,2001-06-21,4\n");
        Assert.Equal([2L, 3L, 4L, 5L], rows.Rows.Select(row => row.Line));
        Assert.Equal(["column 'freight' holds 'yes'; expected true, false, 1 or 0", null, "column 'scheduled_at' has no value; expected a wall clock without zone such as 2024-03-01T12:00:00", null], rows.Rows.Select(row => row.Fault));
        Assert.Equal(["ATL", "SFO"], ((InputValues.Texts)rows.Sound.Columns[0]).Values);
        Assert.Equal([2f, 4f], ((InputValues.Numbers)rows.Sound.Columns[1]).Values);
        Assert.All(rows.Sound.Columns, column => Assert.Equal(2, column.Count));
        Assert.Equal(["JFK", "1", null, "yes", "2001-06-20", null], rows.Rows[0].Values);
    }

    [Theory]
    [InlineData(10, 90, null)]
    [InlineData(11, 89, "rows.csv: 11 of 100 rows are refused, and at most 5 % may be; the first is line 2: column 'freight' holds 'yes'")]
    public void File_WithTooManyRefusedRows_IsRefusedWhole(int bad, int good, string? refusal)
    {
        string text = "origin,freight,scheduled_at\n" + string.Concat(Enumerable.Repeat("JFK,yes,2001-06-20\n", bad)) + string.Concat(Enumerable.Repeat("JFK,1,2001-06-20\n", good));
        Exception? refused = Record.Exception(() => Read("rows.csv", text));
        Assert.Equal(refusal is null, refused is null);
        Assert.StartsWith(refusal ?? "", refused?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void IgnoredColumn_IsNotRead() =>
        Assert.Null(Assert.Single(Read("rows.csv", "origin,freight,scheduled_at,delay\nJFK,1,2001-06-20,5\n", "delay").Rows).Fault);

    [Fact]
    public void IgnoredColumn_ThatTheModelReads_IsRefused() =>
        Refuses(() => Read("rows.csv", "origin,freight,scheduled_at\nJFK,1,2001-06-20\n", "origin"), "the model reads the column 'origin', so it cannot be ignored");

    public void Dispose()
    {
        folder.Dispose();
        scratch.Dispose();
    }

    private static void Refuses(Action read, string refusal) =>
        Assert.Contains(refusal, Assert.Throws<InvalidDataSourceException>(read).Message, StringComparison.Ordinal);

    private static void AssertSame(GivenRows rows)
    {
        Assert.All(rows.Rows, row => Assert.Null(row.Fault));
        Assert.Equal(2, rows.Sound.Count);
        Assert.Equal(["JFK", "ATL"], ((InputValues.Texts)rows.Sound.Columns[0]).Values);
        Assert.Equal([2475.5f, float.NaN], ((InputValues.Numbers)rows.Sound.Columns[1]).Values);
        InputValues.Integers stops = (InputValues.Integers)rows.Sound.Columns[2];
        Assert.Equal([0L, 0L], stops.Values);
        Assert.Equal([true, false], stops.Present);
        InputValues.Integers freight = (InputValues.Integers)rows.Sound.Columns[3];
        Assert.Equal([0L, 1L], freight.Values);
        Assert.Empty(freight.Present);
        Assert.Equal([993058500000000, 993114000000000], ((InputValues.Integers)rows.Sound.Columns[4]).Values);
        Assert.Equal(["a, b", null], ((InputValues.Texts)rows.Sound.Columns[5]).Values);
    }

    private GivenRows Read(string name, string text, params ImmutableArray<string> ignored)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return GivenTable.Read(path, name, Schema, ignored, new DataLimits());
    }

    private GivenRows ReadParquet(string query) => GivenTable.Read(scratch.Write(query), "rows.parquet", Schema, [], new DataLimits());
}
