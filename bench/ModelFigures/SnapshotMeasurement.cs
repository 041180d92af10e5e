using System.Collections.Immutable;
using System.Diagnostics;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data;
using Lifecycle.Definitions;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.Domain;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.ModelFigures;

/// <summary>Takes a model's DataSnapshots, trains on each and measures what ships.</summary>
internal sealed class SnapshotMeasurement(LoadedModelDefinition model, string packageCache) : IDisposable
{
    private const int LatencyRows = 20_000;

    private static readonly DataLimits Limits = new();
    private readonly string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public async Task<SnapshotFigures> MeasureAsync(string snapshotId)
    {
        (RowSet training, ImmutableArray<string> holdout) = await SplitAsync(snapshotId);
        long start = Stopwatch.GetTimestamp();
        FittedFeaturizer featurizer = FeaturizerFit.Fit(training, model.Definition.Features, model.Definition.Predicts);
        TimeSpan fitTime = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        using FeatureReader reader = new(featurizer.Onnx, new ScorerOptions { Threads = model.Definition.Trainer.Threads });
        TrainedModel trained = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(model.Definition.Predicts, model.Definition.Trainer, TrainingRows.Of(reader, training)));
        TimeSpan trainingTime = Stopwatch.GetElapsedTime(start);
        TimeSpan trainingProcessorTime = Environment.CpuUsage.TotalTime - processorStart;

        byte[] onnx = ModelGraph.Compose(featurizer.Onnx, trained.Fragment, model.Definition.Predicts, ImmutableSortedDictionary<string, string>.Empty);
        using OnnxScorer scorer = new(onnx);
        using INativeModel native = KnownTrainers.All.For(trained.Trainer).Load(trained.NativeModel);
        start = Stopwatch.GetTimestamp();
        float[] probabilities = scorer.Score(holdout);
        double rowsPerSecond = holdout.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new SnapshotFigures(
            snapshotId,
            training.Count,
            featurizer.FeatureNames.Length,
            fitTime,
            trainingTime,
            trainingProcessorTime,
            onnx.Length,
            Sha256Digest.Of(onnx),
            ParityCheck.Compare(native.Predict(reader.Read(InputRows.OfTexts(reader.Schema, holdout))).Values.AsSpan(), probabilities),
            SingleRowLatency.Measure(scorer, InputRows.OfTexts(scorer.Schema, holdout.Take(LatencyRows))),
            rowsPerSecond);
    }

    private static ImmutableArray<string> TextsOf(RowSet rows) => [.. ((InputValues.Texts)rows.Inputs.Columns[0]).Values.OfType<string>()];

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    private async Task<(RowSet Training, ImmutableArray<string> Holdout)> SplitAsync(string snapshotId)
    {
        string snapshot = Path.Combine(scratch, $"{snapshotId}.parquet");
        string training = Path.Combine(scratch, $"{snapshotId}-training.parquet");
        string holdout = Path.Combine(scratch, $"{snapshotId}-holdout.parquet");
        SnapshotTaker taker = new(new NpmPackageCache(packageCache, TimeProvider.System), Limits);
        await taker.TakeAsync(model.Definition, model.Folder, snapshotId, snapshot, progress: null, CancellationToken.None);
        HoldoutSplit.Split(snapshot, model.Definition, training, holdout, Limits, CancellationToken.None);
        return (
            RowSets.Read(training, model.Definition.Features.Schema, RowParts.Weights, Limits),
            TextsOf(RowSets.Read(holdout, model.Definition.Features.Schema, RowParts.None, Limits)));
    }
}
