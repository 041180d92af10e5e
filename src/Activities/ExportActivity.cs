using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Ensembles;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Storage;
using Lifecycle.Training.LightGbm;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 5, Export.</summary>
public sealed class ExportActivity(ArtifactStore artifacts, DataLimits limits) : IExportActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<OnnxModel> ExportModelAsync(ExportInput input) => StageScope.RunAsync(async cancellation =>
    {
        byte[] featurizer = await artifacts.ReadAsync(input.Features.Featurizer, cancellation);
        TreeEnsemble ensemble = EnsembleDocument.Read(await artifacts.ReadAsync(input.Challenger.Ensemble, cancellation));
        byte[] model = ModelGraph.Compose(featurizer, ensemble, Metadata(input));

        string holdout = await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation);
        ModelDefinition definition = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        RowSet rows = RowSets.Read(holdout, definition.Features.Schema, RowParts.None, limits);
        ImmutableArray<string> inputs = [.. ((InputValues.Texts)rows.Inputs.Columns[0]).Values.OfType<string>()];
        byte[] native = await artifacts.ReadAsync(input.Challenger.NativeModel, cancellation);
        ParityReport parity = Compare(featurizer, native, model, inputs);
        return parity.Holds
            ? new OnnxModel(await artifacts.UploadAsync(model, MediaTypes.Onnx, cancellation), parity)
            : throw new ParityBrokenException(parity);
    });

    private static ParityReport Compare(byte[] featurizer, byte[] native, byte[] model, ImmutableArray<string> inputs)
    {
        using NativePredictor predictor = new(featurizer, native);
        using OnnxScorer scorer = new(model);
        return ParityCheck.Compare(predictor.Predict(inputs), scorer.Score(inputs));
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ExportInput input) => new Dictionary<string, string>
    {
        ["lifecycle.model"] = input.Definition.Model,
        ["lifecycle.snapshot"] = input.Snapshot.Id,
        ["lifecycle.snapshot.sha256"] = input.Snapshot.Digest,
        ["lifecycle.trainingSet.sha256"] = input.Features.TrainingSet.Rows.Sha256,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
