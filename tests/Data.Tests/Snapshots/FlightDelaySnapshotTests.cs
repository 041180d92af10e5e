using Lifecycle.Data.Tables;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class FlightDelaySnapshotTests(RealModels models)
{
    private const string Model = "flight-delay";

    [Theory]
    [InlineData("2001-01", 507_244)]
    [InlineData("2001-02", 965_224)]
    public async Task TakeAsync_Snapshot_HasTheFlightsThatHadLandedByItsEnd(string snapshot, long rows) =>
        Assert.Equal(rows, (await models.TakeAsync(Model, snapshot)).Snapshot.RowCount);

    [Fact]
    public async Task TakeAsync_AnotherNumberOfThreads_GivesTheSameBytes()
    {
        TakenSnapshot usual = await models.TakeAsync(Model, "2001-01");
        TakenSnapshot other = await models.TakeAnewAsync(Model, "2001-01", new DataLimits { Threads = 7 });

        Assert.Equal(usual.Snapshot.Digest, other.Snapshot.Digest);
    }

    [Fact]
    public async Task TakeAsync_AMonthLater_LeavesTheRowsOfTheMonthBeforeAsTheyWere()
    {
        TakenSnapshot january = await models.TakeAsync(Model, "2001-01");
        TakenSnapshot february = await models.TakeAsync(Model, "2001-02");

        long changed = Ask($"SELECT count(*) FROM ({Rows(january)} EXCEPT {Rows(february)})", january, february);

        Assert.Equal(0, changed);
    }

    // Each is answered by going through all flights again; the first is of the first night, when none had landed.
    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    [InlineData(333_333)]
    [InlineData(500_000)]
    public async Task TakeAsync_DelayOfTheOrigin_IsTheMeanOfWhatLandedInTheThreeHoursBefore(long flight)
    {
        TakenSnapshot january = await models.TakeAsync(Model, "2001-01");
        string known = $"""
            SELECT count(*) FROM ({Rows(january)}) row, (
                SELECT avg(other.delay) AS mean, count(*) AS flights
                FROM ({Rows(january)}) this, ({Rows(january)}) other
                WHERE this.flight_id = {flight} AND other.origin = this.origin
                    AND other.departed_at + to_minutes(60 + other.distance * 3 // 20) >= date_trunc('hour', this.departed_at) - INTERVAL 3 HOURS
                    AND other.departed_at + to_minutes(60 + other.distance * 3 // 20) < date_trunc('hour', this.departed_at)) AS again
            WHERE row.flight_id = {flight} AND row.origin_flights_3h = again.flights
                AND coalesce(abs(row.origin_delay_3h - again.mean) < 1e-9, row.origin_delay_3h IS NULL AND again.mean IS NULL)
            """;

        Assert.Equal(1, Ask(known, january));
    }

    private static string Rows(TakenSnapshot taken) => $"SELECT * FROM read_parquet({Sql.Literal(taken.Path)})";

    private static long Ask(string query, params TakenSnapshot[] snapshots)
    {
        string[] folders = [.. snapshots.Select(taken => Path.GetDirectoryName(taken.Path)!)];
        using DuckSession session = DuckSession.Open(new DataLimits(), folders, folders[0], TestContext.Current.CancellationToken);
        return session.Rows(query, row => row.GetInt64(0)).Single();
    }
}
