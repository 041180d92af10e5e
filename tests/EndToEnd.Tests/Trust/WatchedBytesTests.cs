using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Data;
using Lifecycle.Domain;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Watching;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>
/// The same attacks on those who measure what is live: the drift watch with its baseline, and the watch of a promotion with both
/// champions. No figure is ever computed with a model or a baseline that was not signed.
/// </summary>
[Collection(nameof(SignedReleasesCollection))]
public sealed class WatchedBytesTests(SignedReleases releases)
{
    private const string Pointer = $"channels/{SampleModel.Name}/production.json";

    public static TheoryData<string> Swaps() => [.. Swap.All.Keys];

    [Theory]
    [MemberData(nameof(Swaps))]
    public async Task Watch_OfASwappedRelease_MeasuresWithTheSignedOneOrNotAtAll(string swap)
    {
        RunDefinition definition = await releases.ReadDefinitionAsync();
        DriftReport honest = await releases.OnceAsync("drift", () => MeasureAsync(releases.Store, definition, releases.Live.Channel!));
        Assert.NotEmpty(honest.Figures);
        Swap swapped = Swap.All[swap](releases);
        await Served.SignedOrRefusedAsync(async () =>
        {
            IBlobStore attacked = swapped.Before(releases, name => name == Pointer);
            WatchPlan plan = await SignedReleases.RunAsync(() => Watch(attacked).PlanWatchAsync(new(definition, TimeProvider.System.GetUtcNow(), 5)));
            RequireSame(honest, await MeasureAsync(attacked, definition, plan.Live!));
        });

        // Whatever was planned: the measurement itself trusts nobody.
        ChannelEntry entry = swapped.EntryFromRead == 0 ? swapped.Entry(releases.Live.Channel!) : releases.Live.Channel!;
        await Served.SignedOrRefusedAsync(async () => RequireSame(honest, await MeasureAsync(swapped.Before(releases, _ => false), definition, entry)));
    }

    // What the signed baseline names is held against its digest when it is used.
    [Theory]
    [InlineData("distributions", 0)]
    [InlineData("holdout", 0)]
    [InlineData("training", 0)]
    [InlineData("distributions", 40)]
    [InlineData("holdout", 40)]
    [InlineData("training", 40)]
    public async Task Watch_OfAnAlteredBaseline_IsRefused(string which, int at)
    {
        RunDefinition definition = await releases.ReadDefinitionAsync();
        WatchBaseline baseline = JsonSerializer.Deserialize<WatchBaseline>(releases.Files[$"{releases.Live.Publication!.Directory}/baseline.json"], DomainJson.Compact)!;
        string sha256 = which switch
        {
            "distributions" => baseline.DriftBaseline.Distributions.Sha256,
            "holdout" => baseline.Holdout.Rows.Sha256,
            _ => baseline.TrainingSet.Rows.Sha256,
        };
        RewritingBlobStore attacked = new(releases.Store, (name, _, bytes) => name == $"artifacts/sha256/{sha256}" ? Flipped(bytes, at) : bytes);

        await Served.RefusedAsync(() => MeasureAsync(attacked, definition, releases.Live.Channel!));
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public async Task PromotionWatch_OfASwappedChampion_ComparesTheSignedOnesOrNothing(string swap)
    {
        PromotionLook look = Look(releases.Live.Channel!, releases.Before.Channel!);
        PromotionReport honest = await releases.OnceAsync("promotion", async () => (await CompareAsync(releases.Store, look)).Report!);
        Assert.Contains(honest.Figures, figure => figure is { Kind: PromotionFigureKind.Predictions, Inconclusive: null });
        Swap swapped = Swap.All[swap](releases);
        await Served.SignedOrRefusedAsync(async () => RequireSame(honest, await CompareAsync(swapped.Before(releases, name => name == Pointer), look)));
        ChannelEntry entry = swapped.EntryFromRead == 0 ? swapped.Entry(releases.Live.Channel!) : releases.Live.Channel!;
        await Served.SignedOrRefusedAsync(async () => RequireSame(honest, await CompareAsync(swapped.Before(releases, _ => false), look with { Entry = entry })));
    }

    public static TheoryData<string> Previous() => ["other model", "other channel", "itself", "this model's digest", "renamed"];

    [Theory]
    [MemberData(nameof(Previous))]
    public async Task PromotionWatch_WithAnotherChampionBefore_IsRefused(string which)
    {
        ChannelEntry before = releases.Before.Channel!;
        ChannelEntry swapped = which switch
        {
            "other model" => releases.Other.Channel!,
            "other channel" => releases.Canary.Channel!,
            "itself" => releases.Live.Channel!,
            "this model's digest" => before with { Publication = before.Publication with { ModelDigest = releases.Live.Publication!.ModelDigest } },
            _ => releases.Other.Channel! with { Model = before.Model },
        };

        await Served.RefusedAsync(() => CompareAsync(releases.Store, Look(releases.Live.Channel!, swapped)));
    }

    // A pointer or an entry that nobody signed ends no watch, neither before its first look nor at one.
    public static TheoryData<string> Endings() => ["gone on to a forged version", "gone back", "damaged", "a cold start before", "another release before"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task PromotionWatch_ThatAForgedEntryWouldEnd_IsRefusedInstead(string ending)
    {
        ChannelEntry live = releases.Live.Channel!;
        RewritingBlobStore attacked = new(releases.Store, (name, _, bytes) => (ending, name) switch
        {
            ("gone on to a forged version", Pointer) => CanonicalJson.Of(live with { Version = 9 }),
            ("gone back", Pointer) => CanonicalJson.Of(releases.Before.Channel!),
            ("damaged", Pointer) => [],
            ("a cold start before", $"channels/{SampleModel.Name}/production/1.json") => CanonicalJson.Of(releases.Before.Channel! with { Snapshot = Origin.ReferenceName }),
            ("another release before", $"channels/{SampleModel.Name}/production/1.json") => CanonicalJson.Of(releases.Before.Channel! with { Publication = live.Publication }),
            _ => bytes,
        });
        PromotionWatchActivity watch = Promotions(attacked);

        await Served.RefusedAsync(async () =>
        {
            PromotionWatchPlan plan = await SignedReleases.RunAsync(() => watch.OpenPromotionWatchAsync(live));
            await SignedReleases.RunAsync(() => watch.ComparePromotionAsync(Look(live, plan.Previous!)));
        });
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }

    private static void RequireSame(DriftReport honest, DriftReport report) => Assert.Equal(Text(honest), Text(report));

    private static void RequireSame(PromotionReport honest, PromotionLookResult look) => Assert.Equal(Text(honest), Text(look.Report!));

    private static string Text<T>(T report) => JsonSerializer.Serialize(report, DomainJson.Indented);

    private WatchActivity Watch(IBlobStore store) => new(
        new WatchPlaces(releases.Folders, store, releases.Artifacts(store), releases.Keys, new DataLimits(), TimeProvider.System), client: null);

    private PromotionWatchActivity Promotions(IBlobStore store) => new(
        releases.Folders, releases.Keys, store, releases.Artifacts(store), new DataLimits(), TimeProvider.System);

    private Task<DriftReport> MeasureAsync(IBlobStore store, RunDefinition definition, ChannelEntry live) =>
        SignedReleases.RunAsync(() => Watch(store).MeasureWindowAsync(new(definition, live, SampleTraffic.Day(4))));

    private Task<PromotionLookResult> CompareAsync(IBlobStore store, PromotionLook look) =>
        SignedReleases.RunAsync(() => Promotions(store).ComparePromotionAsync(look));

    private static PromotionLook Look(ChannelEntry entry, ChannelEntry previous) =>
        new(entry, previous, new PromotionWatchPolicy { MinimumRows = 10 }, entry.MovedAt + TimeSpan.FromDays(1));
}
