using Lifecycle.Client.Homes;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Rollback;
using Lifecycle.Workflows.Watching;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Promotions;

/// <summary>Two Champions of the sample model, the second of which is watched, and GENERATED traffic that it answered.</summary>
internal sealed class WatchedChampions(ITemporalClient client, HomeFolder home, IBlobStore store, string scratch)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The watch of version 2.</summary>
    public WorkflowHandle<PromotionWatchWorkflow, PromotionWatchState> Watch => WatchOf(2);

    /// <summary>The rollback of the channel.</summary>
    public WorkflowHandle<RollbackWorkflow, RollbackState> Rollback =>
        client.GetWorkflowHandle<RollbackWorkflow, RollbackState>(WorkflowIds.Rollback(SampleModel.Name, "production"));

    /// <summary>Adds a section <c>watch.afterPromotion</c> to the model, with a look every second unless told.</summary>
    public static Task ConfigureAsync(string modelFile, string rollback, string duration = "1h", string interval = "1s") => File.AppendAllTextAsync(
        modelFile, $"\nwatch: {{ afterPromotion: {{ interval: {interval}, duration: {duration}, minimumRows: 100, maximumPredictionShift: 0.01, rollback: {rollback} }} }}\n");

    /// <summary>Promotes both.</summary>
    public async Task<(RetrainingState First, RetrainingState Second)> PromoteAsync() => (await PromoteFirstAsync(), await PromoteSecondAsync());

    /// <summary>Promotes the first.</summary>
    public Task<RetrainingState> PromoteFirstAsync() => SampleRuns.RetrainAsync(client, home, "2024-01");

    /// <summary>Promotes the second, which is watched.</summary>
    public Task<RetrainingState> PromoteSecondAsync() => SampleRuns.RetrainAsync(client, home, "2024-02");

    /// <summary>The watch of a version.</summary>
    public WorkflowHandle<PromotionWatchWorkflow, PromotionWatchState> WatchOf(long version) =>
        client.GetWorkflowHandle<PromotionWatchWorkflow, PromotionWatchState>(WorkflowIds.PromotionWatch(SampleModel.Name, "production", version));

    /// <summary>Writes one answer of the Champion for each host of its Holdout, labelled at once.</summary>
    /// <param name="champion">The run that promoted it.</param>
    /// <param name="isContrary">Whether the labels are the opposite of what it learnt; null without labels.</param>
    public async Task AnswerAsync(RetrainingState champion, bool? isContrary)
    {
        string path = await new ArtifactStore(store, Path.Combine(scratch, "artifacts")).DownloadAsync(champion.Features!.Holdout.Rows);
        RowSet holdout = RowSets.Read(path, SampleModel.Schema, RowParts.None, new DataLimits());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        PredictionRow[] answers = [.. ((InputValues.Texts)holdout.Inputs.Columns[0]).Values.Select((input, row) => new PredictionRow
        {
            Time = now,
            KnownTime = now,
            RequestId = $"{champion.Channel!.Version}-{row}",
            ModelDigest = champion.Publication!.ModelDigest,
            ChannelVersion = champion.Channel.Version,
            Input = input!,
            Prediction = 0.5f,
            LatencyMicroseconds = 100,
        })];
        LabelRow[] labels = isContrary is null ? [] : [.. holdout.Labels.Select((label, row) => new LabelRow
        {
            RequestId = answers[row].RequestId, Label = label == 1 == isContrary ? 0 : 1, KnownTime = now, Source = "generated",
        })];
        string parts = Directory.CreateDirectory(Path.Combine(scratch, "parts")).FullName;
        PredictionParts log = new(store, Path.Combine(scratch, "traffic"));
        await log.UploadPredictionsAsync(SampleModel.Name, LogParts.WritePredictions(answers, parts, new DataLimits()));
        await log.UploadLabelsAsync(SampleModel.Name, LogParts.WriteLabels(labels, parts, new DataLimits()));
    }

    /// <summary>The watch's end.</summary>
    public Task<PromotionWatchState> EndOfWatchAsync() => Watch.GetResultAsync().WaitAsync(Limit);

    /// <summary>The rollback's end.</summary>
    public Task<RollbackState> EndOfRollbackAsync() => Rollback.GetResultAsync().WaitAsync(Limit);
}
