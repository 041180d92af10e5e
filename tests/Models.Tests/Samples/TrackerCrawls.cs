using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Snapshots;
using Lifecycle.Definitions;
using Lifecycle.Domain.Rows;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Samples;

/// <summary>The repository's tracker-cost model trained on two quarters that follow each other.</summary>
public sealed class TrackerCrawls : IAsyncLifetime
{
    private static readonly DataLimits Limits = new();
    private readonly string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public TrainedCrawl Earlier { get; private set; } = null!;

    public TrainedCrawl Later { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Earlier = await TrainAsync("2024-Q2");
        Later = await TrainAsync("2024-Q3");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(scratch, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<TrainedCrawl> TrainAsync(string quarter)
    {
        LoadedModelDefinition model = new ModelCatalog(Checkout.Models).Read("tracker-cost");
        (string snapshot, string training, string holdout) = (Path.Combine(scratch, $"{quarter}.parquet"), Path.Combine(scratch, $"{quarter}-training.parquet"), Path.Combine(scratch, $"{quarter}-holdout.parquet"));
        SnapshotTaker taker = new(new NpmPackageCache(Path.Combine(Checkout.Root, "artifacts", "packages"), TimeProvider.System), Limits);
        await taker.TakeAsync(model.Definition, model.Folder, quarter, snapshot, progress: null, TestContext.Current.CancellationToken);
        HoldoutSplit.Split(snapshot, model.Definition, training, holdout, Limits, TestContext.Current.CancellationToken);
        RowSet rows = RowSets.Read(training, model.Definition.Features.Schema, RowParts.Weights | RowParts.Keys | RowParts.Clusters, Limits);
        FittedFeaturizer fitted = FeaturizerFit.Fit(rows, model.Definition.Features, model.Definition.Predicts);
        using FeatureReader reader = new(fitted.TrainingOnnx!);
        TrainedModel trained = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(model.Definition.Predicts, model.Definition.Trainer, TrainingRows.Of(reader, rows)), progress: null, TestContext.Current.CancellationToken);
        return new TrainedCrawl(
            rows,
            RowSets.Read(holdout, model.Definition.Features.Schema, RowParts.All, Limits),
            ModelGraph.Compose(fitted.Onnx, trained.Fragment, model.Definition.Predicts, ImmutableSortedDictionary<string, string>.Empty));
    }
}

/// <summary>A quarter's rows and the model of its TrainingSet.</summary>
public sealed record TrainedCrawl(RowSet Training, RowSet Holdout, byte[] Onnx);
