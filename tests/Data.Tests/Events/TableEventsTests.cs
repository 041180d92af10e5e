using Lifecycle.Data.Events;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Events;

/// <summary>Files of events of a model of columns: inputs by their names, predictions and labels as the target has them.</summary>
public sealed class TableEventsTests : IDisposable
{
    private static readonly InputSchema Schema = new(
    [
        new() { Name = "origin", Type = InputType.Category },
        new() { Name = "distance", Type = InputType.Number, Nullable = true },
        new() { Name = "at", Type = InputType.Timestamp, Nullable = true },
    ]);

    private static readonly Target Delay = new Target.Regression { Label = "delay" };
    private static readonly Target Damage = new Target.Multiclass { Label = "damage", Classes = ["None", "Minor"] };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rows.csv", "delay,at,origin,id,distance\n12.5,2024-03-01T00:00:00Z,JFK,r1,100\n-3,2024-03-02T00:00:00+01:00,ATL,r2,\n")]
    [InlineData("rows.jsonl", """
        {"delay": 12.5, "at": "2024-03-01T00:00:00Z", "origin": "JFK", "id": "r1", "distance": 100}
        {"delay": -3, "at": "2024-03-02T00:00:00+01:00", "origin": "ATL", "id": "r2", "distance": null}
        """)]
    public void Rows_OfEachFormat_HaveTheirInputsAsOneText_AndTheirLabels(string name, string text)
    {
        EventRow[] rows = Read(name, text, Delay, new() { RequestId = "id", Label = "delay", Time = "at" });
        Assert.All(rows, row => Assert.Null(row.Fault));
        Assert.Equal(
            ["""{"origin":"JFK","distance":100,"at":"2024-03-01T00:00:00Z"}""", """{"origin":"ATL","distance":null,"at":"2024-03-01T23:00:00Z"}"""],
            rows.Select(row => row.Input));
        Assert.Equal([12.5, -3], rows.Select(row => row.Label));
        Assert.Equal(["r1", "r2"], rows.Select(row => row.RequestId));
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 23, 0, 0, TimeSpan.Zero), rows[1].Time);
    }

    [Fact]
    public void Rows_OfAParquetFile_AreTheSame()
    {
        using ScratchParquet scratch = new();
        string path = scratch.Write("SELECT TIMESTAMP '2024-03-01 00:00:00' AS at, 100::SMALLINT AS distance, 'JFK' AS origin, 'Minor' AS damage");
        EventRow row = EventFile.Open(path, "rows.parquet", new() { Label = "damage" }, Rules(Damage), new DataLimits()).Rows.Single();
        Assert.Equal(("""{"origin":"JFK","distance":100,"at":"2024-03-01T00:00:00Z"}""", "Minor", null), (row.Input, row.Class, row.Fault));
    }

    [Fact]
    public void Predictions_OfSeveralClasses_AreReadInTheOrderOfTheTarget()
    {
        EventRow row = Read("rows.csv", "origin,b,a\nJFK,0.3,0.7\n", Damage, new() { Predictions = ["Minor=b", "None=a"] }).Single();
        Assert.Equal([0.7f, 0.3f], row.Answers);
        Assert.Equal(0.7f, row.Prediction);
    }

    [Theory]
    [InlineData("JFK,far,,0.7,0.3,None", "column 'distance' holds 'far'; expected a number such as 12.5")]
    [InlineData(",1,,0.7,0.3,None", "column 'origin' has no value; expected a text, one of the column's levels")]
    [InlineData("JFK,1,2024-03-01T00:00:00,0.7,0.3,None", "nobody says which zone its clock has")]
    [InlineData("JFK,1,,0.7,,None", "column 'b' has no value, and another class has a probability; expected a probability, 0 to 1")]
    [InlineData("JFK,1,,0.7,1.3,None", "column 'b' holds '1.3'; expected a probability, 0 to 1")]
    [InlineData("JFK,1,,0.7,0.2,None", "the probabilities of the classes are 0.9")]
    [InlineData("JFK,1,,0.7,0.3,none", "column 'damage' holds 'none'; expected one of None, Minor")]
    [InlineData("JFK,1,,,,", null)]
    public void Row_WithAValueThatCannotBeRead_SaysWhich(string line, string? fault)
    {
        EventRow row = Read("rows.csv", $"origin,distance,at,a,b,damage\n{line}\n", Damage, new() { Predictions = ["None=a", "Minor=b"], Label = "damage" }).Single();
        Assert.Equal(fault is null, row.Fault is null);
        Assert.Contains(fault ?? "", row.Fault ?? "", StringComparison.Ordinal);
        Assert.NotNull(row.Input);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e39")]
    [InlineData("12,5")]
    [InlineData("Minor")]
    public void Amount_ThatIsNone_IsRefused(string label) => Assert.Contains(
        "column 'delay' holds", Read("rows.csv", $"origin,delay\nJFK,\"{label}\"\n", Delay, new() { Label = "delay" }).Single().Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("yes", "no", "yes", 1)]
    [InlineData("yes", "no", "no", 0)]
    [InlineData("yes", "no", "1", 1)]
    [InlineData("yes", "no", "false", 0)]
    [InlineData("0", "1", "0", 1)]
    [InlineData("0", "1", "true", null)]
    [InlineData("1", "2", "0", null)]
    [InlineData("1", "0", "true", 1)]
    public void LabelOfTwoClasses_IsTheirNameOrNumber_AndNeverGuessed(string positive, string negative, string label, int? expected)
    {
        EventRow row = Read("rows.csv", $"origin,y\nJFK,{label}\n", new Target.Binary { Positive = positive, Negative = negative }, new() { Label = "y" }).Single();
        Assert.Equal(expected, row.Label);
        Assert.Equal(expected is null, row.Fault is not null);
    }

    [Theory]
    [InlineData("orgin,distance\nJFK,1\n", "the model does not read the column 'orgin'; did you mean 'origin'?")]
    [InlineData("distance\n1\n", "the column 'origin' is missing")]
    [InlineData("origin,more\nJFK,1\n", "take out what it does not read, or name it with --ignore")]
    [InlineData("origin\nJFK\n", "rows.csv has no column 'delay'; it has origin", "delay")]
    public void File_WhoseColumnsAreNotTheModels_IsRefused(string text, string reason, string? label = null) => Assert.Contains(
        reason, Assert.Throws<InvalidDataSourceException>(() => Read("rows.csv", text, Delay, new() { Label = label })).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_ThatAreIgnored_MayBeThere()
    {
        Assert.Single(Read("rows.csv", "origin,more\nJFK,1\n", Delay, new() { Ignored = ["more"] }));
        Assert.Single(Read("rows.csv", "origin,more,other\nJFK,1,2\n", Delay, new() { IgnoresOthers = true }));
    }

    [Fact]
    public void Columns_OfPredictions_ThatAreNotTheTargets_AreRefused()
    {
        string Refuse(Target target, params string[] predictions) => Assert.Throws<InvalidDataSourceException>(
            () => Read("rows.csv", "origin,a,b\nJFK,1,0\n", target, new() { Predictions = [.. predictions] })).Message;
        Assert.Contains("no column of predictions is named for class 'Minor'; expected CLASS=COLUMN for each of None, Minor", Refuse(Damage, "None=a"), StringComparison.Ordinal);
        Assert.Contains("'b' names no column of predictions of a class", Refuse(Damage, "None=a", "Minor=b", "b"), StringComparison.Ordinal);
        Assert.Contains("predictions of delay are one number; name one column of them, not a, b", Refuse(Delay, "a", "b"), StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnOfOneText_OfAModelOfColumns_IsRefused() => Assert.Contains(
        "which are found by their names; leave the input's column 'origin' out",
        Assert.Throws<InvalidDataSourceException>(() => Read("rows.csv", "origin\nJFK\n", Delay, new() { Input = "origin" })).Message, StringComparison.Ordinal);

    private static EventRules Rules(Target target) => EventRules.At(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)) with { Schema = Schema, Target = target };

    private EventRow[] Read(string name, string text, Target target, EventColumns columns)
    {
        string path = folder[name];
        File.WriteAllText(path, text);
        return [.. EventFile.Open(path, name, columns, Rules(target), new DataLimits()).Rows];
    }
}
