using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Scoring;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Stores;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Serving.Models;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>
/// A real model is live, and somebody between us and the store answers reads of model.onnx with another real model, at once or from
/// the second read on, and rewrites the channel's pointer to match. Whoever uses a model uses what was signed, or nothing.
/// </summary>
public sealed class ServedBytesTests(TrainedStack trained) : IClassFixture<TrainedStack>
{
    private const string Pointer = $"channels/{SampleModel.Name}/production.json";

    /// <summary>From which read on model.onnx is another, and whether the pointer tells of that one.</summary>
    public static TheoryData<int, bool> Proxies() => new() { { 0, true }, { 0, false }, { 1, true }, { 1, false }, { 2, true } };

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Predict_BehindAProxyThatAltersTheModel_AnswersFromTheSignedModelOrNotAtAll(int fromRead, bool isPointerRewritten)
    {
        IBlobStore attacked = await AttackAsync(fromRead, isPointerRewritten);
        await RequireSignedOrRefusedAsync(async () =>
        {
            using LiveModel model = await LiveModel.OpenAsync(attacked, Keys.ReadTrustRoot(), SampleModel.Name, "production", TimeProvider.System);
            Assert.Equal(trained.Trained.Publication!.ModelDigest, model.Entry.Publication.ModelDigest);
            return Assert.Single(model.Predict(["bank1.org"])).Probability;
        });
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Score_BehindAProxyThatAltersTheModel_ScoresWithTheSignedModelOrNotAtAll(int fromRead, bool isPointerRewritten)
    {
        IBlobStore attacked = await AttackAsync(fromRead, isPointerRewritten);
        ScoringRequest request = await SampleBatches.RequestAsync(
            trained.Store, trained.Stack.Home.Scratch, $"attacked-{fromRead}-{(isPointerRewritten ? "both" : "model")}", rowCount: 3);
        ScoringActivity honest = Scoring(trained.Store);
        ScoringPlan plan = await RunAsync(() => honest.PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow())));
        await RequireSignedOrRefusedAsync(async () =>
        {
            ScoredPartition scored = await RunAsync(() => Scoring(attacked).ScorePartitionAsync(new(SampleModel.Name, request.Key, plan, 0)));
            Assert.Equal(trained.Trained.Publication!.ModelDigest, scored.ModelDigest);
            return null;
        });
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Plan_ThatWasStoredWithAnotherModel_IsNotGoneOnWith(int fromRead, bool isPointerRewritten)
    {
        ScoringRequest request = await SampleBatches.RequestAsync(
            trained.Store, trained.Stack.Home.Scratch, $"planned-{fromRead}-{(isPointerRewritten ? "both" : "model")}", rowCount: 3);
        await RunAsync(() => Scoring(trained.Store).PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow())));
        string other = Sha256Digest.Of(await OtherModelAsync());
        IBlobStore attacked = new RewritingBlobStore(trained.Store, (name, _, bytes) => name.EndsWith($"{request.Key}/plan.json", StringComparison.Ordinal)
            ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(bytes).Replace(trained.Trained.Publication!.ModelDigest, other, StringComparison.Ordinal))
            : bytes);

        var refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => RunAsync(() => Scoring(attacked).PlanScoringAsync(new(request, TimeProvider.System.GetUtcNow()))));

        Assert.Equal(FailureTypes.ArtifactCorrupted, refused.ErrorType);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Evaluation_WhoseChampionIsAltered_MeasuresTheSignedChampionOrNothing(int fromRead, bool isPointerRewritten)
    {
        IBlobStore attacked = await AttackAsync(fromRead, isPointerRewritten);
        StageFolders folders = Folders;
        RunDefinition definition = await RunAsync(() => new DefinitionActivity(folders, Artifacts, new(Keys, trained.Store)).ReadDefinitionAsync(
            new RetrainingRequest { Model = SampleModel.Name, Snapshot = "2024-01" }));
        ChannelEntry champion = JsonSerializer.Deserialize<ChannelEntry>((await attacked.ReadAsync(Pointer, 1 << 20))!.Content.Span, DomainJson.Compact)!;
        await RequireSignedOrRefusedAsync(async () =>
        {
            EvaluationActivity evaluation = new(Artifacts, Keys, attacked, new DataLimits(), TimeProvider.System);
            var report = await RunAsync(() => evaluation.EvaluateModelAsync(
                new(definition, trained.Trained.Features!, trained.Trained.Export!) { Champion = champion }));
            Assert.Equal(trained.Trained.Publication!.ModelDigest, report.Champion!.ModelDigest);
            return null;
        });
    }

    private KeyFolder Keys => new(trained.Stack.Home.Root);

    private ArtifactStore Artifacts => new(trained.Store, trained.Stack.Home.Scratch);

    private StageFolders Folders => new(Path.GetDirectoryName(Path.GetDirectoryName(trained.Stack.ModelFile))!, trained.Stack.Home.Scratch);

    private ScoringActivity Scoring(IBlobStore store) => new(Folders, new(new(Folders.Models, trained.Stack.Home.Root)), Keys, store, Artifacts, new DataLimits(), TimeProvider.System);

    private static Task<T> RunAsync<T>(Func<Task<T>> activity) => new ActivityEnvironment().RunAsync(activity);

    // Either it ends with what was signed, checked by the call itself, or it is refused for what it is.
    private static async Task RequireSignedOrRefusedAsync(Func<Task<float?>> use)
    {
        try
        {
            await use();
        }
        catch (Exception refused) when (refused is NotServableException or ArtifactCorruptedException
            or ApplicationFailureException { ErrorType: FailureTypes.ArtifactCorrupted })
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    // Another model that loads and answers: the featurizer's graph is a real one, and so is this.
    private async Task<byte[]> OtherModelAsync()
    {
        byte[] model = (await trained.Store.ReadAsync($"{trained.Trained.Publication!.Directory}/model.onnx", 64 << 20))!.Content.ToArray();
        return [.. model, 0x1a, 0x00];
    }

    private async Task<IBlobStore> AttackAsync(int fromRead, bool isPointerRewritten)
    {
        byte[] other = await OtherModelAsync();
        return new RewritingBlobStore(trained.Store, (name, before, bytes) => name switch
        {
            _ when name.EndsWith("/model.onnx", StringComparison.Ordinal) && before >= fromRead => other,
            _ when name == Pointer && isPointerRewritten => WithModel(bytes, Sha256Digest.Of(other)),
            _ => bytes,
        });
    }

    private static byte[] WithModel(byte[] pointer, string digest)
    {
        ChannelEntry entry = JsonSerializer.Deserialize<ChannelEntry>(pointer, DomainJson.Compact)!;
        return CanonicalJson.Of(entry with { Publication = entry.Publication with { ModelDigest = digest } });
    }
}
