using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Storage;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;
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
        ModelDefinition definition = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        byte[] featurizer = await artifacts.ReadAsync(input.Features.Featurizer, cancellation);
        ModelFragment fragment = FragmentDocument.Read(await artifacts.ReadAsync(input.Challenger.Ensemble, cancellation));
        byte[] model = ModelGraph.Compose(featurizer, fragment, definition.Predicts, Metadata(input));

        string holdout = await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation);
        InputRows rows = RowSets.Read(holdout, definition.Features.Schema, RowParts.None, limits).Inputs;
        using INativeModel native = NativeModels.Load(
            KnownTrainers.All.For(input.Challenger.Trainer), await artifacts.ReadAsync(input.Challenger.NativeModel, cancellation), input.Challenger.CorrectedFactors ?? []);
        ParityReport parity = Compare(featurizer, native, model, rows, fragment.Link.Parity);
        return parity.Holds
            ? new OnnxModel(await artifacts.UploadAsync(model, MediaTypes.Onnx, cancellation), parity)
            : throw new ParityBrokenException(parity);
    });

    private static ParityReport Compare(byte[] featurizer, INativeModel native, byte[] model, InputRows rows, ParityMeasure measure)
    {
        using FeatureReader reader = new(featurizer);
        using OnnxScorer scorer = new(model);
        return ParityCheck.Compare(native.Predict(reader.Read(rows)), scorer.Score(rows), measure);
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ExportInput input)
    {
        var metadata = new Dictionary<string, string>
        {
            ["lifecycle.model"] = input.Definition.Model,
            ["lifecycle.snapshot"] = input.Snapshot.Id,
            ["lifecycle.snapshot.sha256"] = input.Snapshot.Digest,
            ["lifecycle.trainingSet.sha256"] = input.Features.TrainingSet.Rows.Sha256,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return input.Challenger.CorrectedFactors is { } factors
            ? metadata.Add(OnnxScorer.CorrectedFactorsKey, string.Join(' ', factors.Select(factor => factor.ToString("R", CultureInfo.InvariantCulture))))
            : metadata;
    }
}
