using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Tests.Predictions;

/// <summary>Sides of a split as traffic: their one text is found under the name of its column, and under the one from before.</summary>
public sealed class ReplayedSidesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WatchWindow Window = new("2024-01-01", Start, Start.AddDays(1), Start.AddDays(1));

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

        RecordedTraffic.Write(new ReplayedRows(holdout, "input", "label") { ExceptTrainingSet = training }, 100, Window, traffic, new DataLimits(), TestContext.Current.CancellationToken);

        using ParquetFile written = new(traffic, new DataLimits());
        Assert.Equal(["text 7", "text 8", "text 9"], written.Rows("input").Select(row => row.GetString(0)).Order());
    }
}
