using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tables;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class BirdStrikeSnapshotTests(RealModels models)
{
    private const string Model = "bird-strike";

    [Theory]
    [InlineData("1995-Q1", 3_098)]
    [InlineData("1997-Q4", 3_671)]
    [InlineData("2002-Q2", 5_045)]
    public async Task TakeAsync_Quarter_HasTheReportsOfFiveYears(string snapshot, long rows) =>
        Assert.Equal(rows, (await models.TakeAsync(Model, snapshot)).Snapshot.RowCount);

    [Fact]
    public async Task TakeAsync_AnotherNumberOfThreads_GivesTheSameBytes()
    {
        TakenSnapshot usual = await models.TakeAsync(Model, "2002-Q2");
        TakenSnapshot other = await models.TakeAnewAsync(Model, "2002-Q2", new DataLimits { Threads = 7 });

        Assert.Equal(usual.Snapshot.Digest, other.Snapshot.Digest);
    }

    [Fact]
    public async Task TakeAsync_Keys_AreTheRowsOfTheFile()
    {
        string[] lines = await File.ReadAllLinesAsync(await FileAsync("birdstrikes.csv"), TestContext.Current.CancellationToken);

        (long Key, DateTime Day, string Airport)[] rows = Ask(await models.TakeAsync(Model, "1995-Q1"), row => (row.GetInt64(0), row.GetDateTime(1), row.GetString(2)));

        Assert.All(rows, row =>
        {
            string[] cells = lines[row.Key].Split(',');
            Assert.Equal((row.Airport, row.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), (cells[0].Trim('"'), cells[3]));
        });
    }

    [Fact]
    public void Snapshots_OfTheDefinition_AreThirtyQuarters()
    {
        ImmutableArray<SnapshotDefinition> snapshots = RealModels.Definition(Model).Definition.Snapshots;

        Assert.Equal((30, "1995-Q1", "2002-Q2"), (snapshots.Length, snapshots[0].Id, snapshots[^1].Id));
        Assert.All(snapshots, snapshot => Assert.Equal(snapshot.Cutoff.AddDays(1).AddYears(-5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), snapshot.Parameters["from"]));
    }

    private static async Task<string> FileAsync(string name)
    {
        NpmPackageCache cache = new(RealModels.PackageCache, TimeProvider.System);
        InstalledPackages packages = await cache.InstallAsync(RealModels.Definition(Model).Folder, progress: null, TestContext.Current.CancellationToken);
        return Path.Combine(packages.Folder, "vega-datasets", "data", name);
    }

    private static T[] Ask<T>(TakenSnapshot taken, Func<DbDataReader, T> read)
    {
        string folder = Path.GetDirectoryName(taken.Path)!;
        using DuckSession session = DuckSession.Open(new DataLimits(), [folder], folder, TestContext.Current.CancellationToken);
        return [.. session.Rows($"SELECT strike_id, struck_on, airport FROM read_parquet({Sql.Literal(taken.Path)})", read)];
    }
}
