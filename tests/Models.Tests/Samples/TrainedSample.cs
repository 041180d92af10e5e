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

/// <summary>
/// The repository's disposable-domain model trained on its real snapshot 2019-12, from packages to ONNX, once for all tests of a class.
/// </summary>
public sealed class TrainedSample : IAsyncLifetime
{
    private static readonly DataLimits Limits = new();
    private readonly string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public RowSet Holdout { get; private set; } = null!;

    public ImmutableArray<string> HoldoutTexts => TextsOf(Holdout);

    public byte[] Featurizer { get; private set; } = [];

    public TrainedModel Trained { get; private set; } = null!;

    public byte[] Onnx { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        LoadedModelDefinition model = new ModelCatalog(Checkout.Models).Read("disposable-domain");
        (RowSet training, Holdout) = await SplitAsync(model, Path.Combine(Checkout.Root, "artifacts", "packages"));

        ModelDefinition definition = model.Definition;
        Featurizer = FeaturizerFit.Fit(TextsOf(training).Zip(training.Labels, (text, label) => (text, label == 1)), definition.Features).Onnx;
        using FeatureReader reader = new(Featurizer);
        TrainingRows rows = new(reader.FeatureCount, reader.Read(TextsOf(training)), training.Labels) { Weights = training.Weights };
        Trained = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(definition.Predicts, definition.Trainer, rows), progress: null, TestContext.Current.CancellationToken);
        Onnx = ModelGraph.Compose(Featurizer, Trained.Fragment, definition.Predicts, ImmutableSortedDictionary<string, string>.Empty.Add("lifecycle.model", definition.Name));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(scratch, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static ImmutableArray<string> TextsOf(RowSet rows) => [.. ((InputValues.Texts)rows.Inputs.Columns[0]).Values.OfType<string>()];

    private async Task<(RowSet Training, RowSet Holdout)> SplitAsync(LoadedModelDefinition model, string packages)
    {
        string snapshot = Path.Combine(scratch, "snapshot.parquet");
        string training = Path.Combine(scratch, "training.parquet");
        string holdout = Path.Combine(scratch, "holdout.parquet");
        SnapshotTaker taker = new(new NpmPackageCache(packages, TimeProvider.System), Limits);
        await taker.TakeAsync(model.Definition, model.Folder, "2019-12", snapshot, progress: null, TestContext.Current.CancellationToken);
        HoldoutSplit.Split(snapshot, model.Definition, training, holdout, Limits, TestContext.Current.CancellationToken);
        return (
            RowSets.Read(training, model.Definition.Features.Schema, RowParts.Weights, Limits),
            RowSets.Read(holdout, model.Definition.Features.Schema, RowParts.All, Limits));
    }
}
