using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;
using static Lifecycle.Publishing.Tests.Watching.SampleWindows;

namespace Lifecycle.Publishing.Tests.Watching;

public sealed class DriftJournalTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Record_WindowsInTurn_ArePartsOfOneChain()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());

        DriftDecision first = await journal.RecordAsync(Policy, Drifted(0));
        DriftDecision second = await journal.RecordAsync(Policy, Drifted(1));

        Assert.Equal(("tracker-host-000001", DriftVerdict.Watch, null), (first.Id, first.Verdict, first.PreviousDigest));
        Assert.Equal(("tracker-host-000002", DriftVerdict.Retrain, 64), (second.Id, second.Verdict, second.PreviousDigest!.Length));
        Assert.Equal(["2024-01-01T00:00Z-1d", "2024-01-02T00:00Z-1d"], (await journal.HistoryAsync(Model)).Select(decision => decision.WindowId));
        Assert.Equal(second.Id, (await journal.ReadAsync(Model))!.Id);
        Assert.Equal(new DriftChain(Model, 2, []), await journal.VerifyChainAsync(Model) with { Defects = [] });
        Assert.Empty((await journal.VerifyChainAsync(Model)).Defects);
    }

    [Fact]
    public async Task Record_SameWindowBaselineAndPolicyAgain_IsTheSameDecision()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());
        foreach (int day in Enumerable.Range(0, 5))
        {
            await journal.RecordAsync(Policy, Drifted(day));
        }

        DriftDecision again = await journal.RecordAsync(Policy with { }, Drifted(1, secondsLater: 90));

        Assert.Equal(("tracker-host-000002", Drifted(1).Now), (again.Id, again.DecidedAt));
        Assert.Equal(5, (await journal.HistoryAsync(Model)).Length);
    }

    [Fact]
    public async Task Record_OtherPolicyOrBaseline_IsAnotherDecision()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());
        await journal.RecordAsync(Policy, Drifted(0));

        await journal.RecordAsync(Policy with { DriftShare = 0.4 }, Drifted(0));
        await journal.RecordAsync(Policy, Drifted(0).With(report => report with { BaselineId = "other" }));

        Assert.Equal(3, (await journal.HistoryAsync(Model)).Select(decision => (decision.PolicyDigest, decision.BaselineId)).Distinct().Count());
    }

    [Fact]
    public async Task Read_NothingDecided_IsNull()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());

        Assert.Null(await journal.ReadAsync(Model));
        Assert.Empty(await journal.HistoryAsync(Model));
        Assert.Equal(0, (await journal.VerifyChainAsync(Model)).Count);
    }

    [Fact]
    public async Task BlockedSince_SomeWindowsBroken_NamesThoseThatEndLater()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());
        foreach (int day in Enumerable.Range(0, 6))
        {
            await journal.RecordAsync(Policy, day is 0 or 2 or 4 ? Broken(day) : Drifted(day));
        }

        ImmutableArray<WatchWindow> blocked = await journal.BlockedSinceAsync(Model, Drifted(2).Report.Window.From);

        Assert.Equal(["2024-01-05T00:00Z-1d", "2024-01-03T00:00Z-1d"], blocked.Select(window => window.Id));
        Assert.Empty(await journal.BlockedSinceAsync("nothing-decided", DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData("tracker-host-000001", true)]
    [InlineData("tracker-host-1", false)]
    [InlineData("tracker-host-000002", false)]
    [InlineData("../tracker-host-000001", false)]
    [InlineData("tracker-host", false)]
    [InlineData("", false)]
    public async Task Find_Identifier_IsTheDecisionOrNull(string id, bool isThere)
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());
        await journal.RecordAsync(Policy, Drifted(0));

        Assert.Equal(isThere, await journal.FindAsync(id) is not null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task History_OfAnyLength_IsReadWhole(int length)
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());
        foreach (int day in Enumerable.Range(0, length))
        {
            await journal.RecordAsync(Policy, Drifted(day));
        }

        Assert.Equal(Enumerable.Range(1, length), (await journal.HistoryAsync(Model)).Select(decision => (int)decision.Sequence));
        Assert.Equal(length, (await journal.ReadAsync(Model))!.Sequence);
    }

    [Fact]
    public async Task Read_RecordFromBeforeHarmlessRise_HasItsPolicyAsItWasInForce()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        DriftDecision decision = await new DriftJournal(await emulator.NewStoreAsync()).RecordAsync(Policy, Drifted(0));
        JsonObject record = JsonSerializer.SerializeToNode(decision, DomainJson.Compact)!.AsObject();
        JsonObject policy = record["policy"]!.AsObject();
        policy.Remove("harmlessRise");
        string members = $"{{{string.Join(',', policy.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"\"{member.Key}\":{member.Value!.ToJsonString()}"))}}}";
        record["policyDigest"] = Sha256Digest.Of(Encoding.UTF8.GetBytes(members));
        using MemoryStream content = new(Encoding.UTF8.GetBytes(record.ToJsonString()), writable: false);
        await store.PutIfAbsentAsync($"drift/{Model}/000001.json", content, "application/json", CancellationToken.None);

        DriftJournal journal = new(store);

        Assert.Equal(Policy with { HarmlessRise = 0 }, (await journal.ReadAsync(Model))!.Policy);
        Assert.Empty((await journal.VerifyChainAsync(Model)).Defects);
    }

    [Fact]
    public async Task Record_NumberThatIsNone_IsRecordedAsItIs()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());

        await journal.RecordAsync(Policy, Drifted(0).With(report => report with { DriftShare = double.NaN }));

        DriftDecision read = (await journal.ReadAsync(Model))!;
        Assert.Equal(DriftVerdict.Inconclusive, read.Verdict);
        Assert.True(double.IsNaN(read.Evidence.Report.DriftShare));
    }

    [Fact]
    public async Task Record_ThousandsOfFiguresSlicesAndBreaches_StaysBelow32KiB()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        LossChange loss = new() { Baseline = 1 / 3d, Window = 2 / 3d, Change = 1, Lower = 1 / 7d, Upper = 10 / 7d, RowCount = 1_000_000 };
        DriftEvidence huge = Drifted(0).With(report => report with
        {
            Figures = [.. Enumerable.Range(0, 1_000).Select(index => Figure($"a rather long name of a figure, number {index}", 10 / 3d))],
            Breaches = [.. Enumerable.Range(0, 100).Select(index => new ValidationFinding(FindingSeverity.Warning, "pattern", $"column {index}", new string('x', 5_000), "a-z"))],
            Losses = new()
            {
                Slices = Enumerable.Range(0, 1_000).ToImmutableSortedDictionary(index => $"slice {index}", _ => loss),
                Decomposition = new(0.1, 0.2, [.. Enumerable.Range(0, 1_000).Select(index => new LossStratum($"stratum {index}", 1 / 3d, 1 / 7d, 1 / 9d, 1 / 11d))]),
            },
        });

        DriftDecision decision = await new DriftJournal(store).RecordAsync(Policy, huge);

        StoredBlob? blob = await store.ReadAsync("drift/tracker-host/000001.json", 1 << 20);
        Assert.InRange(blob!.Content.Length, 1, 32 * 1024);
        Assert.InRange(decision.Evidence.Report.Figures.Length, 10, DriftReport.MaximumFigures);
    }

    [Fact]
    public async Task VerifyChain_RecordAltered_NamesTheOneAfterIt()
    {
        AzureBlobStore store = await StoreWithAsync(3);
        await AlterAsync(store, "drift/tracker-host/000002.json", "\"verdict\":\"Retrain\"", "\"verdict\":\"None\"");

        DriftChain chain = await new DriftJournal(store).VerifyChainAsync(Model);

        Assert.StartsWith("drift/tracker-host/000003.json names", Assert.Single(chain.Defects), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyChain_RecordMissing_SaysWhichOne()
    {
        AzureBlobStore store = await StoreWithAsync(2);
        AzureBlobStore damaged = await emulator.NewStoreAsync();
        await CopyAsync(store, damaged, "drift/tracker-host/000002.json");

        DriftChain chain = await new DriftJournal(damaged).VerifyChainAsync(Model);

        Assert.Equal("drift/tracker-host/000001.json is missing, though drift/tracker-host/000002.json is there", Assert.Single(chain.Defects));
    }

    [Fact]
    public async Task Read_RecordMalformed_NamesIt()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await store.CompareAndSwapAsync("drift/tracker-host/000001.json", Encoding.UTF8.GetBytes("{"), "application/json", expectedETag: null);

        InvalidDataException defect = await Assert.ThrowsAsync<InvalidDataException>(() => new DriftJournal(store).ReadAsync(Model));

        Assert.Contains("drift/tracker-host/000001.json", defect.Message, StringComparison.Ordinal);
    }

    private async Task<AzureBlobStore> StoreWithAsync(int decisions)
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        foreach (int day in Enumerable.Range(0, decisions))
        {
            await new DriftJournal(store).RecordAsync(Policy, Drifted(day));
        }

        return store;
    }

    private static async Task AlterAsync(AzureBlobStore store, string name, string old, string altered)
    {
        StoredBlob blob = (await store.ReadAsync(name, 1 << 20))!;
        string text = Encoding.UTF8.GetString(blob.Content.Span);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await store.CompareAndSwapAsync(name, Encoding.UTF8.GetBytes(text.Replace(old, altered, StringComparison.Ordinal)), "application/json", blob.ETag);
    }

    private static async Task CopyAsync(AzureBlobStore from, AzureBlobStore to, string name)
    {
        using MemoryStream content = new();
        Assert.True(await from.CopyToAsync(name, content));
        content.Position = 0;
        await to.PutIfAbsentAsync(name, content, "application/json");
    }
}
