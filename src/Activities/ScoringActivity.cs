using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Scoring;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Scoring;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Scoring;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Batch scoring: its plan, its partitions and their list.</summary>
public sealed class ScoringActivity(
    StageFolders folders, RequestedFiles files, KeyFolder keys, IBlobStore store, ArtifactStore artifacts, DataLimits limits, TimeProvider time) : IScoringActivity
{
    private readonly Records<ScoredPartition> records = new(store, 1 << 20);
    private readonly PlannedBatches plans = new(store);
    private readonly ScoringPartitions partitions = new(artifacts, limits);

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<ScoringPlan> PlanScoringAsync(PlanInput input) => StageScope.RunAsync(async cancellation =>
    {
        ScoringRequest request = input.Request;
        Require(request);
        if (await plans.FindAsync(request, cancellation) is { } made)
        {
            // Nobody signed the stored plan: what it pins is verified again.
            return made with { Champion = (await VerifyAsync(request.Model, request.Channel, made.Champion, cancellation)).Entry };
        }

        using LiveModel champion = await LiveModel.OpenAsync(store, keys.ReadTrustRoot(), request.Model, request.Channel, time, cancellation);

        using StageWorkspace workspace = folders.OpenWorkspace("scoring");
        IReadOnlyList<LocalSource> sources = await new ScoringSources(folders, files, store, artifacts).LocateAsync(request, champion.Schema, workspace, cancellation);
        (ArtifactRef list, int count, long rows) = await partitions.StoreAsync(request, champion.Schema, input.Time, sources, workspace, cancellation);
        return await plans.KeepAsync(request, new ScoringPlan(champion.Entry, list, count, rows), cancellation);
    });

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<ScoredPartition> ScorePartitionAsync(PartitionInput input) => StageScope.RunAsync(async cancellation =>
    {
        (ArtifactRef artifact, ImmutableArray<ScoringRow> rows) = await partitions.ReadAsync(input.Plan, input.Index, cancellation);
        string modelDigest = input.Plan.Champion.Publication.ModelDigest;
        if (await ReadRecordAsync(input.Model, input.Key, input.Index, cancellation) is { } done)
        {
            return done.RowsDigest == artifact.Sha256 && done.ModelDigest == modelDigest
                ? done
                : throw new InvalidRequestException($"key '{input.Key}' of {input.Model} was used for other rows or another model; choose another key");
        }

        VerifiedVersion champion = await VerifyAsync(input.Model, input.Plan.Champion.Channel, input.Plan.Champion, cancellation);
        using LiveModel model = await LiveModel.OpenAsync(champion, cancellation);
        ImmutableArray<ScoringRow> scored = Score(model, rows);
        using StageWorkspace workspace = folders.OpenWorkspace("scores");
        string path = workspace.File("scores.parquet");
        ScoringRows.Write(scored, ClassesOf(model), path, limits, cancellation);
        ScoredPartition record = new()
        {
            Index = input.Index,
            RowsDigest = artifact.Sha256,
            ModelDigest = modelDigest,
            Blob = $"{Name(input.Model, input.Key, input.Index)}.parquet",
            Sha256 = Sha256Digest.OfFile(path, cancellation),
            RowCount = scored.Length,
            Refusals = Refusals(scored),
        };
        await using FileStream content = RegularFile.Open(path);
        await store.PutIfAbsentAsync(record.Blob, content, MediaTypes.Parquet, cancellation);
        await LogAsync(input, scored, workspace, cancellation);
        await PutAsync($"{Name(input.Model, input.Key, input.Index)}.json", CanonicalJson.Of(record), cancellation);
        return record;
    });

    /// <inheritdoc/>
    [Activity]
    public Task<ArtifactRef> CollectScoresAsync(CollectInput input) => StageScope.RunAsync(async cancellation =>
    {
        ImmutableArray<ScoredPartition>.Builder done = ImmutableArray.CreateBuilder<ScoredPartition>(input.Plan.PartitionCount);
        for (int index = 0; index < input.Plan.PartitionCount; index++)
        {
            done.Add(await ReadRecordAsync(input.Model, input.Key, index, cancellation)
                ?? throw new ArtifactCorruptedException($"{Name(input.Model, input.Key, index)}.json", "nothing", "the record of a partition that is done", store.Address));
        }

        byte[] manifest = CanonicalJson.Of(new ScoringManifest
        {
            Model = input.Model,
            Key = input.Key,
            Champion = input.Plan.Champion,
            RowCount = done.Sum(partition => partition.RowCount),
            Partitions = done.MoveToImmutable(),
        });
        await PutAsync($"{Folder(input.Model, input.Key)}/manifest.json", manifest, cancellation);
        return await artifacts.UploadAsync(manifest, MediaTypes.Json, cancellation);
    });

    private async Task<VerifiedVersion> VerifyAsync(string model, string channel, ChannelEntry pinned, CancellationToken cancellation) =>
        pinned.Model == model && pinned.Channel == channel
            ? await new ChannelTrust(store, keys.ReadTrustRoot(), time).ServableAsync(pinned, cancellation)
            : throw new UntrustedVersionException(pinned, $"it was pinned for {channel} of {model}");

    private static void Require(ScoringRequest request)
    {
        if (ScoringRequestRules.ProblemOf(request) is { } problem)
        {
            throw new InvalidRequestException(problem);
        }
    }

    private static string Name(string model, string key, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(model, key)}/{index:d6}");

    private static string Folder(string model, string key) => PlainName.IsValid(model) && PlainName.IsValid(key)
        ? $"scores/{model}/{key}"
        : throw new InvalidRequestException($"there is no batch {PlainName.Describe(key)} of {PlainName.Describe(model)}; expected {PlainName.Noun}");

    private static ImmutableArray<ScoringRow> Score(LiveModel model, ImmutableArray<ScoringRow> rows)
    {
        ImmutableArray<AnsweredRow> answers = model.Predict([.. rows.Where(row => row.Refusal is null).Select(row => row.Input!)]);
        int next = 0;
        return [.. rows.Select(row => row.Refusal is null ? Answered(row, answers[next++]) : row)];
    }

    private static ScoringRow Answered(ScoringRow row, AnsweredRow answer) => row with
    {
        Scored = answer.Scored,
        Prediction = answer.Prediction?.Leading,
        Label = (answer.Prediction as Prediction.OfClasses)?.Label,
        Answers = answer.Prediction?.ByClass ?? [],
        Refusal = answer.Refusal,
    };

    private static ImmutableArray<string> ClassesOf(LiveModel model) => model.Target.Answer == AnswerForm.Probabilities ? model.Target.ClassNames : [];

    private static RefusalSummary Refusals(ImmutableArray<ScoringRow> rows) => rows
        .Where(row => row.Refusal is not null)
        .Aggregate(new RefusalSummary(), (summary, row) => summary.With(new RefusedRow(row.Source, row.Line, row.Refusal!)));

    private async Task LogAsync(PartitionInput input, ImmutableArray<ScoringRow> rows, StageWorkspace workspace, CancellationToken cancellation)
    {
        if (input.KnownTime is not { } known)
        {
            return;
        }

        PredictionRow[] logged = [.. rows.Where(row => row.Input is not null).Select(row => new PredictionRow
        {
            Time = row.Time,
            KnownTime = known,
            RequestId = row.RequestId,
            ModelDigest = input.Plan.Champion.Publication.ModelDigest,
            ChannelVersion = input.Plan.Champion.Version,
            Input = row.Input!,
            Prediction = row.Prediction,
            Answers = row.Answers,
            Refusal = row.Refusal,
        })];
        PredictionParts log = new(store, workspace.Folder);
        await log.UploadPredictionsAsync(input.Model, LogParts.WritePredictions(logged, workspace.Folder, limits, cancellation), cancellation);
    }

    private Task<ScoredPartition?> ReadRecordAsync(string model, string key, int index, CancellationToken cancellation) =>
        records.ReadAsync($"{Name(model, key, index)}.json", cancellation);

    private async Task PutAsync(string name, byte[] document, CancellationToken cancellation)
    {
        using MemoryStream content = new(document, writable: false);
        await store.PutIfAbsentAsync(name, content, MediaTypes.Json, cancellation);
    }
}
