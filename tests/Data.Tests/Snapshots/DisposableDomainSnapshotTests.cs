using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class DisposableDomainSnapshotTests(RealModels models)
{
    private const string Model = "disposable-domain";

    [Theory]
    [InlineData("2019-12", 41_902, 36_690)]
    [InlineData("2020-05", 91_647, 86_449)]
    [InlineData("2021-06", 137_976, 132_785)]
    [InlineData("2021-11", 142_164, 136_977)]
    [InlineData("2022-09", 153_257, 148_080)]
    public async Task TakeAsync_EverySnapshot_HasTheRowsOfTheStudy(string snapshot, long rows, long rowsWithoutProviders)
    {
        TakenSnapshot taken = await models.TakeAsync(Model, snapshot);

        Assert.Equal(rows, taken.Snapshot.RowCount);
        Assert.Equal(taken.Snapshot.Rows.Sha256, Sha256Digest.OfFile(taken.Path));
        Assert.Equal(taken.Snapshot.Rows.Bytes, new FileInfo(taken.Path).Length);
        Assert.InRange(rows - rowsWithoutProviders, 5_170, 5_220);
    }

    [Fact]
    public async Task TakeAsync_Twice_GivesTheSameBytes()
    {
        TakenSnapshot first = await models.TakeAsync(Model, "2020-05");
        TakenSnapshot second = await models.TakeAnewAsync(Model, "2020-05");

        Assert.Equal(first.Snapshot.Digest, second.Snapshot.Digest);
        Assert.Equal(first.Snapshot.Sources, second.Snapshot.Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task TakeAsync_AnotherNumberOfThreads_GivesTheSameBytes(int threads)
    {
        TakenSnapshot usual = await models.TakeAsync(Model, "2022-09");
        TakenSnapshot other = await models.TakeAnewAsync(Model, "2022-09", new DataLimits { Threads = threads });

        Assert.Equal(usual.Snapshot.Digest, other.Snapshot.Digest);
    }

    [Fact]
    public async Task TakeAsync_Sources_AreExactlyTheFilesThatWereOpened()
    {
        TakenSnapshot taken = await models.TakeAsync(Model, "2020-05");

        Assert.Equal(
            [
                "disposable-email-domains-1.0.51/index.json",
                "disposable-email-domains-1.0.56/index.json",
                "email-providers/all.json",
                "psl/data/rules.js",
                "snapshot.sql",
                "third-party-web-0.11.1/dist/domain-map.csv",
                "third-party-web-0.12.4/dist/domain-map.csv",
            ],
            taken.Snapshot.Sources.Select(source => source.Name));
        Assert.All(taken.Snapshot.Sources, source => Assert.Matches("^[0-9a-f]{64}$", source.Sha256));
    }
}
