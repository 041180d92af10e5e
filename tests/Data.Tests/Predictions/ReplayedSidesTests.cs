using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Predictions;

/// <summary>Sides of a split as traffic: their one text is found under the name of its column, and under the one from before.</summary>
public sealed class ReplayedSidesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WatchWindow Window = new("2024-01-01", Start, Start.AddDays(1), Start.AddDays(1));

    private static readonly InputSchema Text = new([new() { Name = "domain", Type = InputType.HostName }]);

    private readonly ScratchParquet parquet = new();

    public void Dispose() => parquet.Dispose();

    [Theory]
    [InlineData("input_domain", "input_domain")]
    [InlineData("input", "input_domain")]
    [InlineData("input_domain", "input")]
    [InlineData("input", "input")]
    public void Write_HoldoutWithoutItsTrainingSet_TakesWhatWasNotTrainedOn(string inHoldout, string inTraining)
    {
        string holdout = parquet.Write($"SELECT 'k' || range AS key, 'text ' || range AS {inHoldout}, (range % 2)::DOUBLE AS label FROM range(10)", "holdout.parquet");
        string training = parquet.Write($"SELECT 'k' || range AS key, 'text ' || range AS {inTraining}, 1::DOUBLE AS label FROM range(7)", "training.parquet");
        string traffic = Path.Combine(Path.GetDirectoryName(holdout)!, "traffic.parquet");

        RecordedTraffic.Write(new ReplayedRows(holdout, Text, new Target.Binary()) { IsSide = true, ExceptTrainingSet = training }, 100, Window, traffic, new DataLimits(), TestContext.Current.CancellationToken);

        using ParquetFile written = new(traffic, new DataLimits());
        Assert.Equal(["text 7", "text 8", "text 9"], written.Rows("input").Select(row => row.GetString(0)).Order());
    }

    [Theory]
    [InlineData(true, "SELECT 'JFK' AS input_origin, 2.5::FLOAT AS input_distance, 1::DOUBLE AS label UNION ALL SELECT 'ATL', NULL, 0")]
    [InlineData(false, "SELECT 'None' AS damage, 2.5::DECIMAL(4, 1) AS distance, 'ATL' AS origin UNION ALL SELECT 'Minor', 2.5, 'JFK' UNION ALL SELECT 'None', NULL, 'ATL'")]
    public void Write_RowsOfColumns_HasThemUnderTheirNames_AndTheNamesOfTheClasses(bool isSide, string rows)
    {
        InputSchema schema = new([new() { Name = "origin", Type = InputType.Category }, new() { Name = "distance", Type = InputType.Number, Nullable = true }]);
        Target damage = new Target.Multiclass { Label = "damage", Classes = ["None", "Minor"] };
        string file = parquet.Write(rows, "rows.parquet");
        string training = parquet.Write("SELECT 'ATL' AS input_origin, 2.5::FLOAT AS input_distance", "training.parquet");
        string traffic = Path.Combine(Path.GetDirectoryName(file)!, "traffic.parquet");
        RecordedTraffic.Write(new ReplayedRows(file, schema, damage) { IsSide = isSide, ExceptTrainingSet = training }, 100, Window, traffic, new DataLimits(), TestContext.Current.CancellationToken);

        using ParquetFile written = new(traffic, new DataLimits());
        Assert.Equal([RecordedTraffic.TimeColumn, "origin", "distance", RecordedTraffic.LabelColumn], written.Columns());
        Assert.Equal(
            ["ATL  None", "JFK 2.5 Minor"],
            written.Rows($"concat_ws(' ', origin, coalesce(distance::VARCHAR, ''), {RecordedTraffic.LabelColumn})").Select(row => row.GetString(0)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_RowsWithoutAColumn_IsRefused()
    {
        string file = parquet.Write("SELECT 'a' AS name, 0 AS label", "rows.parquet");
        InputSchema schema = new([new() { Name = "origin", Type = InputType.Category }, new() { Name = "distance", Type = InputType.Number, Nullable = true }]);
        InvalidDataSourceException refused = Assert.Throws<InvalidDataSourceException>(() => RecordedTraffic.Write(
            new ReplayedRows(file, schema, new Target.Binary()), 100, Window, Path.Combine(Path.GetDirectoryName(file)!, "traffic.parquet"), new DataLimits(), TestContext.Current.CancellationToken));
        Assert.Contains("has no column 'origin'; it has name, label", refused.Message, StringComparison.Ordinal);
    }
}
