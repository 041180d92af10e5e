using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Snapshots;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Samples;

/// <summary>A model of the repository, from packages to ONNX, as the stages make it.</summary>
/// <param name="Training">The rows that it learnt from.</param>
/// <param name="Holdout">The rows that it did not see.</param>
/// <param name="Featurizer">The graph that ships before the model.</param>
/// <param name="Trained">What the trainer made.</param>
/// <param name="Onnx">The graph that ships.</param>
public sealed record RealTraining(RowSet Training, RowSet Holdout, byte[] Featurizer, TrainedModel Trained, byte[] Onnx)
{
    private static readonly DataLimits Limits = new();

    /// <summary>Takes a snapshot of a model and trains on it.</summary>
    public static async Task<RealTraining> OfAsync(string name, string snapshot, CancellationToken cancellation)
    {
        using TemporaryFolder folder = new();
        LoadedModelDefinition model = new ModelCatalog(Checkout.Models).Read(name);
        ModelDefinition definition = model.Definition;
        (string rows, string training, string holdout) =
            (Path.Combine(folder.Path, "snapshot.parquet"), Path.Combine(folder.Path, "training.parquet"), Path.Combine(folder.Path, "holdout.parquet"));
        SnapshotTaker taker = new(new NpmPackageCache(Path.Combine(Checkout.Root, "artifacts", "packages"), TimeProvider.System), Limits);
        await taker.TakeAsync(definition, model.Folder, snapshot, rows, progress: null, cancellation);
        HoldoutSplit.Split(rows, definition, training, holdout, Limits, cancellation);

        RowSet learned = RowSets.ReadTraining(training, definition.Features.Schema, RowParts.Weights | RowParts.Keys | RowParts.Clusters, Limits).Rows;
        FittedFeaturizer fitted = FeaturizerFit.Fit(learned, definition.Features, definition.Predicts);
        using FeatureReader reader = new(fitted.TrainingOnnx ?? fitted.Onnx);
        TrainedModel trained = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(definition.Predicts, definition.Trainer, TrainingRows.Of(reader, learned)) { FeatureNames = fitted.FeatureNames }, progress: null, cancellation);
        return new RealTraining(
            learned,
            RowSets.Read(holdout, definition.Features.Schema, RowParts.All, Limits),
            fitted.Onnx,
            trained,
            ModelGraph.Compose(fitted.Onnx, trained.Fragment, definition.Predicts, ImmutableSortedDictionary<string, string>.Empty.Add("lifecycle.model", definition.Name)));
    }
}
