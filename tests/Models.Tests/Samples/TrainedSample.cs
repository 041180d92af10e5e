using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Features;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tables;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Samples;

/// <summary>
/// The repository's disposable-domain model trained on its real snapshot 2019-12, from packages to ONNX, once for all tests of a class.
/// </summary>
public sealed class TrainedSample : IAsyncLifetime
{
    private static readonly DataLimits Limits = new();
    private readonly string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public HoldoutRows Holdout { get; private set; } = null!;

    public byte[] Featurizer { get; private set; } = [];

    public TrainedModel Trained { get; private set; } = null!;

    public byte[] Onnx { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        LoadedModelDefinition model = new ModelCatalog(Checkout.Models).Read("disposable-domain");
        (IReadOnlyList<TrainingRow> read, Holdout) = await SplitAsync(model, Path.Combine(Checkout.Root, "artifacts", "packages"));

        ModelDefinition definition = model.Definition;
        RowSet training = FeatureViews.RowsOf([.. read.Select(row => (row.Input, row.Label))], definition.Features.Schema) with { Weights = [.. read.Select(row => row.Weight)] };
        Featurizer = FeaturizerFit.Fit(training, definition.Features, definition.Predicts).Onnx;
        using FeatureReader reader = new(Featurizer);
        Trained = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(definition.Predicts, definition.Trainer, TrainingRows.Of(reader, training)), progress: null, TestContext.Current.CancellationToken);
        Onnx = ModelGraph.Compose(Featurizer, Trained.Fragment, definition.Predicts, ImmutableSortedDictionary<string, string>.Empty.Add("lifecycle.model", definition.Name));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(scratch, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<(IReadOnlyList<TrainingRow> Training, HoldoutRows Holdout)> SplitAsync(LoadedModelDefinition model, string packages)
    {
        string snapshot = Path.Combine(scratch, "snapshot.parquet");
        string training = Path.Combine(scratch, "training.parquet");
        string holdout = Path.Combine(scratch, "holdout.parquet");
        SnapshotTaker taker = new(new NpmPackageCache(packages, TimeProvider.System), Limits);
        await taker.TakeAsync(model.Definition, model.Folder, "2019-12", snapshot, progress: null, TestContext.Current.CancellationToken);
        HoldoutSplit.Split(snapshot, model.Definition, training, holdout, Limits, TestContext.Current.CancellationToken);
        return (
            [.. ParquetRows.ReadTraining(training, Limits)],
            ParquetRows.ReadHoldout(holdout, Limits));
    }
}
