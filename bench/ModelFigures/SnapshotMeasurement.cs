using System.Collections.Immutable;
using System.Diagnostics;
using Lifecycle.Data.Features;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tables;
using Lifecycle.Data;
using Lifecycle.Definitions;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.Domain;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Trainers;
using TrainingRow = Lifecycle.Training.Trainers.TrainingRow;

namespace Lifecycle.ModelFigures;

/// <summary>Takes a model's DataSnapshots, trains on each and measures what ships.</summary>
internal sealed class SnapshotMeasurement(LoadedModelDefinition model, string packageCache) : IDisposable
{
    private const int LatencyRows = 20_000;

    private static readonly DataLimits Limits = new();
    private readonly string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public async Task<SnapshotFigures> MeasureAsync(string snapshotId)
    {
        (TrainingRow[] training, ImmutableArray<string> holdout) = await SplitAsync(snapshotId);
        long start = Stopwatch.GetTimestamp();
        FittedFeaturizer featurizer = FeaturizerFit.Fit(
            new RowSet { Inputs = InputRows.OfTexts(model.Definition.Features.Schema, training.Select(row => row.Input)), Labels = [.. training.Select(row => row.Label ? 1d : 0d)] },
            model.Definition.Features,
            model.Definition.Predicts);
        TimeSpan fitTime = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        TrainedModel trained = new LightGbmTrainer(TimeProvider.System).Train(featurizer.Onnx, training, (TrainerDefinition.LightGbm)model.Definition.Trainer);
        TimeSpan trainingTime = Stopwatch.GetElapsedTime(start);
        TimeSpan trainingProcessorTime = Environment.CpuUsage.TotalTime - processorStart;

        byte[] onnx = ModelGraph.Compose(featurizer.Onnx, trained.Ensemble, ImmutableSortedDictionary<string, string>.Empty);
        using OnnxScorer scorer = new(onnx);
        using NativePredictor native = new(featurizer.Onnx, trained.NativeModel);
        start = Stopwatch.GetTimestamp();
        float[] probabilities = scorer.Score(holdout);
        double rowsPerSecond = holdout.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new SnapshotFigures(
            snapshotId,
            training.Length,
            featurizer.FeatureNames.Length,
            fitTime,
            trainingTime,
            trainingProcessorTime,
            onnx.Length,
            Sha256Digest.Of(onnx),
            ParityCheck.Compare(native.Predict(holdout), probabilities),
            SingleRowLatency.Measure(scorer, [.. holdout.Take(LatencyRows)]),
            rowsPerSecond);
    }

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    private async Task<(TrainingRow[] Training, ImmutableArray<string> Holdout)> SplitAsync(string snapshotId)
    {
        string snapshot = Path.Combine(scratch, $"{snapshotId}.parquet");
        string training = Path.Combine(scratch, $"{snapshotId}-training.parquet");
        string holdout = Path.Combine(scratch, $"{snapshotId}-holdout.parquet");
        SnapshotTaker taker = new(new NpmPackageCache(packageCache, TimeProvider.System), Limits);
        await taker.TakeAsync(model.Definition, model.Folder, snapshotId, snapshot, progress: null, CancellationToken.None);
        HoldoutSplit.Split(snapshot, model.Definition, training, holdout, Limits, CancellationToken.None);
        return (
            [.. ParquetRows.ReadTraining(training, Limits).Select(row => new TrainingRow(row.Input, row.Label, (float)row.Weight))],
            ParquetRows.ReadHoldout(holdout, Limits).Inputs);
    }
}
