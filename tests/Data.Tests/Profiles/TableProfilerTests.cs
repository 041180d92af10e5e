using System.Globalization;
using Lifecycle.Data.Profiles;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Tests.Profiles;

public sealed class TableProfilerTests : IDisposable
{
    private const string Flights =
        """
        flight,origin,left,distance,delay,cancelled,site
        F1,JFK,2001-01-01 10:00:00,12.5,3,false,a.example
        F2,ATL,2001-01-02 10:00:00,,-4,true,b.example
        F3,JFK,2001-01-03 10:00:00,100.25,0,false,c.example

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_OfACsvFile_HaveTheTypesRangesAndLevelsOfAllRows()
    {
        TableProfile profile = Look("flights.csv", Flights);

        Assert.Equal((TableFormat.Csv, 3L), (profile.Format, profile.RowCount));
        Assert.Equal(
            [("flight", ColumnType.Text), ("origin", ColumnType.Text), ("left", ColumnType.Timestamp), ("distance", ColumnType.Number), ("delay", ColumnType.Integer), ("cancelled", ColumnType.Boolean), ("site", ColumnType.Text)],
            profile.Columns.Select(column => (column.Name, column.Type!.Value)));
        ColumnProfile distance = profile.Columns.Single(column => column.Name == "distance");
        Assert.Equal((1L, 2L, 12.5, 100.25), (distance.NullCount, distance.DistinctCount, distance.Minimum!.Value, distance.Maximum!.Value));
        Assert.Equal([new LevelCount("JFK", 2), new LevelCount("ATL", 1)], profile.Columns.Single(column => column.Name == "origin").Levels);
        ColumnProfile left = profile.Columns.Single(column => column.Name == "left");
        Assert.Equal((new DateTime(2001, 1, 1, 10, 0, 0), new DateTime(2001, 1, 3, 10, 0, 0)), (left.Earliest!.Value, left.Latest!.Value));
        Assert.Equal(["site"], profile.Columns.Where(column => column.IsHostName).Select(column => column.Name));
    }

    [Fact]
    public void Type_OfAColumn_IsOneThatTheLastRowHasToo()
    {
        string rows = string.Concat(Enumerable.Range(0, 60_000).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},1\n")));
        Assert.Equal(ColumnType.Text, Look("late.csv", $"id,code\n{rows}60000,A\n").Columns[1].Type);
    }

    [Fact]
    public void Json_AndTabs_AreToldByTheContent()
    {
        TableProfile json = Look("a", """{"x": 1, "tags": ["a"]}""" + "\n" + """{"x": 2, "tags": []}""");
        Assert.Equal(TableFormat.Json, json.Format);
        Assert.Equal([ColumnType.Integer, null], json.Columns.Select(column => column.Type));
        Assert.Equal(TableFormat.Tsv, Look("b", "x\ty\n1\t2\n").Format);
    }

    [Fact]
    public void Days_WrittenInAnotherOrder_AreReadAndTheirFormatIsTold()
    {
        TableProfile profile = Look("days.csv", "day,x\n31/12/2001,1\n01/02/2001,2\n");
        Assert.Equal(ColumnType.Timestamp, profile.Columns[0].Type);
        Assert.Equal("%d/%m/%Y", profile.DateFormat);
        Assert.Equal(new DateTime(2001, 12, 31), profile.Columns[0].Latest);
    }

    [Theory]
    [InlineData("x,y\n", "has no rows")]
    [InlineData("x,y\n1,2\n3\n", "line 3")]
    [InlineData("", "is empty")]
    public void File_ThatIsNoTable_IsRefused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataSourceException>(() => Look("rows.csv", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void File_ThatIsMissing_IsRefused() => Assert.Contains(
        "is missing",
        Assert.Throws<InvalidDataSourceException>(() => TableProfiler.Look(Path.Combine(folder.Path, "none.csv"), new DataLimits(), TestContext.Current.CancellationToken)).Message,
        StringComparison.Ordinal);

    private TableProfile Look(string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return TableProfiler.Look(path, new DataLimits(), TestContext.Current.CancellationToken);
    }
}
