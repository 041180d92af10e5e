using Lifecycle.Data.Tables;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Snapshots;

/// <summary>The generator of tracker-cost: the same crawls every time, and the churn between them that its README states.</summary>
public sealed class TrackerCostSnapshotTests(RealModels models)
{
    private const string Model = "tracker-cost";

    [Fact]
    public async Task TakeAsync_AgainAndWithOtherThreads_GivesTheSameBytes()
    {
        TakenSnapshot usual = await models.TakeAsync(Model, "2024-Q2");
        TakenSnapshot other = await models.TakeAnewAsync(Model, "2024-Q2", new DataLimits { Threads = 7 });

        Assert.Equal(usual.Snapshot.Digest, other.Snapshot.Digest);
    }

    [Theory]
    [InlineData("2024-Q2", "2024-Q3")]
    [InlineData("2025-Q3", "2025-Q4")]
    public async Task TakeAsync_NextQuarter_SharesOnePathInSeven(string before, string after)
    {
        double shared = Ask(
            await models.TakeAsync(Model, after), await models.TakeAsync(Model, before),
            "SELECT avg((url IN (SELECT url FROM earlier))::INTEGER) FROM (SELECT DISTINCT url FROM later)");

        // Of the published study 14.9%.
        Assert.InRange(shared, 0.13, 0.18);
    }

    [Fact]
    public async Task TakeAsync_PathsThatStay_CostWhatTheyDid()
    {
        double ratio = Ask(
            await models.TakeAsync(Model, "2024-Q3"), await models.TakeAsync(Model, "2024-Q2"),
            "SELECT (SELECT avg(transfer_bytes) FROM later WHERE url IN (SELECT url FROM earlier)) / (SELECT avg(transfer_bytes) FROM earlier WHERE url IN (SELECT url FROM later))");

        Assert.InRange(ratio, 0.9, 1.1);
    }

    [Fact]
    public async Task TakeAsync_Labels_AreManyZerosAndAFewLargeOnes()
    {
        TakenSnapshot taken = await models.TakeAsync(Model, "2024-Q2");

        Assert.Equal(40_000, taken.Snapshot.RowCount);
        Assert.InRange(Ask(taken, taken, "SELECT avg((transfer_bytes = 0)::INTEGER) FROM later"), 0.35, 0.45);
        Assert.InRange(Ask(taken, taken, "SELECT avg(transfer_bytes) / median(transfer_bytes) FROM later"), 25, 500);
        Assert.InRange(Ask(taken, taken, "SELECT max(transfer_bytes) FROM later"), 100_000, 1_000_000);
        Assert.InRange(Ask(taken, taken, "SELECT count(DISTINCT url) FROM later"), 3_500, 4_000);
    }

    private static double Ask(TakenSnapshot later, TakenSnapshot earlier, string question)
    {
        string[] folders = [Path.GetDirectoryName(later.Path)!, Path.GetDirectoryName(earlier.Path)!];
        using DuckSession session = DuckSession.Open(new DataLimits(), folders, folders[0], TestContext.Current.CancellationToken);
        return session.Rows(
            $"WITH later AS (FROM read_parquet({Sql.Literal(later.Path)})), earlier AS (FROM read_parquet({Sql.Literal(earlier.Path)})) {question}", row => Convert.ToDouble(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)).Single();
    }
}
