using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Data;
using Lifecycle.Domain;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Scoring;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>
/// A real model is live, and somebody between us and the store answers with other genuine, signed releases, at once or from a later
/// read on. Whoever uses a model uses what was asked for, to the last bit of its answers, or nothing.
/// </summary>
[Collection(nameof(SignedReleasesCollection))]
public sealed class ServedBytesTests(SignedReleases releases)
{
    private const string Pointer = $"channels/{SampleModel.Name}/production.json";
    private const int RowCount = 3;

    public static TheoryData<string> Swaps() => [.. Swap.All.Keys];

    [Theory]
    [MemberData(nameof(Swaps))]
    public Task Predict_OfASwappedRelease_AnswersAsTheSignedOneOrNotAtAll(string swap) => Served.SignedOrRefusedAsync(async () =>
    {
        IBlobStore attacked = Swap.All[swap](releases).Before(releases, name => name == Pointer);
        using LiveModel model = await LiveModel.OpenAsync(attacked, releases.Keys.ReadTrustRoot(), SampleModel.Name, "production", TimeProvider.System);
        Assert.Equal(releases.Live.Publication!.ModelDigest, model.Entry.Publication.ModelDigest);
        Assert.Equal(releases.Answers, model.Predict(SignedReleases.Probes).Select(answer => answer.Probability!.Value));
    });

    [Theory]
    [MemberData(nameof(Swaps))]
    public async Task Score_OfASwappedRelease_ScoresWithTheSignedOneOrNotAtAll(string swap)
    {
        ScoredPartition honest = await HonestAsync();
        ScoringRequest request = await RequestAsync($"attacked-{Key(swap)}");
        IBlobStore attacked = Swap.All[swap](releases).Before(releases, name => name == Pointer);
        await Served.SignedOrRefusedAsync(async () => RequireSame(honest, await ScoreAsync(attacked, request)));
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public async Task Plan_StoredForASwappedRelease_IsScoredWithTheSignedOneOrNotAtAll(string swap)
    {
        ScoredPartition honest = await HonestAsync();
        ScoringRequest request = await RequestAsync($"planned-{Key(swap)}");
        ScoringPlan plan = await SignedReleases.RunAsync(() => releases.Scoring(releases.Store).PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow())));
        Swap swapped = Swap.All[swap](releases);
        IBlobStore files = swapped.Before(releases, _ => false);
        RewritingBlobStore attacked = new(files, (name, before, bytes) =>
            name.EndsWith($"{request.Key}/plan.json", StringComparison.Ordinal) && before >= swapped.EntryFromRead ? swapped.In(bytes, plan.Champion) : bytes);
        await Served.SignedOrRefusedAsync(async () => RequireSame(honest, await ScoreAsync(attacked, request)));
    }

    [Fact]
    public async Task Plan_WhoseModelDigestWasRewritten_IsNotGoneOnWith()
    {
        ScoringRequest request = await RequestAsync("rewritten");
        ScoringPlan plan = await SignedReleases.RunAsync(() => releases.Scoring(releases.Store).PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow())));
        ScoringPlan rewritten = plan with { Champion = plan.Champion with { Publication = plan.Champion.Publication with { ModelDigest = releases.Before.Publication!.ModelDigest } } };

        await Served.RefusedAsync(() => SignedReleases.RunAsync(() => releases.Scoring(releases.Store).ScorePartitionAsync(new(SampleModel.Name, request.Key, rewritten, 0))));
    }

    // The proof that the other tests could see it: the version before gives other scores of the same rows.
    [Fact]
    public async Task Score_WithAnotherVersion_GivesOtherBytes()
    {
        ScoredPartition honest = await HonestAsync();
        ScoringRequest request = await RequestAsync("that");
        ScoringPlan plan = await SignedReleases.RunAsync(() => releases.Scoring(releases.Store).PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow())));
        ScoredPartition other = await SignedReleases.RunAsync(() => releases.Scoring(releases.Store).ScorePartitionAsync(
            new(SampleModel.Name, request.Key, plan with { Champion = releases.Before.Channel! }, 0)));

        Assert.Equal(honest.RowsDigest, other.RowsDigest);
        Assert.NotEqual(honest.Sha256, other.Sha256);
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public async Task Evaluation_WhoseChampionIsSwapped_MeasuresTheSignedChampionOrNothing(string swap)
    {
        Swap swapped = Swap.All[swap](releases);
        RunDefinition definition = await releases.ReadDefinitionAsync();
        ChannelEntry champion = swapped.EntryFromRead == 0 ? swapped.Entry(releases.Live.Channel!) : releases.Live.Channel!;
        EvaluationReport honest = await releases.OnceAsync("evaluation", () => EvaluateAsync(releases.Store, definition, releases.Live.Channel!));
        await Served.SignedOrRefusedAsync(async () =>
        {
            EvaluationReport report = await EvaluateAsync(swapped.Before(releases, _ => false), definition, champion);
            Assert.Equal(releases.Live.Publication!.ModelDigest, report.Champion!.ModelDigest);
            Assert.Equal(JsonSerializer.Serialize(honest.Champion, DomainJson.Indented), JsonSerializer.Serialize(report.Champion, DomainJson.Indented));
        });
    }

    private Task<EvaluationReport> EvaluateAsync(IBlobStore store, RunDefinition definition, ChannelEntry champion) =>
        SignedReleases.RunAsync(() => new EvaluationActivity(releases.Artifacts(releases.Store), releases.Keys, store, new DataLimits(), TimeProvider.System).EvaluateModelAsync(
            new(definition, releases.Before.Features!, releases.Before.Export!) { Champion = champion }));

    private static string Key(string swap) => $"swap-{Swap.All.Keys.ToList().IndexOf(swap)}";

    private Task<ScoringRequest> RequestAsync(string key) => SampleBatches.RequestAsync(releases.Store, releases.Stack.Home.Scratch, key, RowCount);

    private Task<ScoredPartition> HonestAsync() => releases.OnceAsync("scores", async () => await ScoreAsync(releases.Store, await RequestAsync("honest")));

    private async Task<ScoredPartition> ScoreAsync(IBlobStore store, ScoringRequest request)
    {
        ScoringActivity scoring = releases.Scoring(store);
        ScoringPlan plan = await SignedReleases.RunAsync(() => scoring.PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow())));
        return await SignedReleases.RunAsync(() => scoring.ScorePartitionAsync(new(SampleModel.Name, request.Key, plan, 0)));
    }

    private void RequireSame(ScoredPartition honest, ScoredPartition scored)
    {
        Assert.Equal(releases.Live.Publication!.ModelDigest, scored.ModelDigest);
        Assert.Equal((honest.RowsDigest, honest.Sha256), (scored.RowsDigest, scored.Sha256));
    }
}
