using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Explanations;
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
        using INativeModel native = KnownTrainers.All.For(input.Challenger.Trainer).Load(await artifacts.ReadAsync(input.Challenger.NativeModel, cancellation));
        ParityReport parity = Compare(featurizer, native, model, rows, fragment.Link.Parity);
        return parity.Holds
            ? new OnnxModel(await artifacts.UploadAsync(model, MediaTypes.Onnx, cancellation), parity) { Explanation = await ExplainAsync(input, fragment, cancellation) }
            : throw new ParityBrokenException(parity);
    });

    // Features from before their names and columns were kept have none.
    private async Task<ArtifactRef?> ExplainAsync(ExportInput input, ModelFragment fragment, CancellationToken cancellation)
    {
        if (input.Features is not { FeatureNames: { } names, FeatureColumns: { } columns })
        {
            return null;
        }

        ModelExplanation explanation = ExplanationParts.Of(
            fragment,
            await ReadAsync<ImmutableArray<string>>(names, cancellation),
            await ReadAsync<ImmutableArray<FeatureSpan>>(columns, cancellation),
            input.Challenger.Record is { } record ? await ReadAsync<TrainingRecord>(record, cancellation) : null);
        return await artifacts.UploadAsync(explanation.ToBytes(), MediaTypes.Json, cancellation);
    }

    private async Task<T> ReadAsync<T>(ArtifactRef document, CancellationToken cancellation) =>
        DomainJson.ReadRecord<T>(await artifacts.ReadAsync(document, cancellation), document.Uri);

    private static ParityReport Compare(byte[] featurizer, INativeModel native, byte[] model, InputRows rows, ParityMeasure measure)
    {
        using FeatureReader reader = new(featurizer);
        using OnnxScorer scorer = new(model);
        return ParityCheck.Compare(native.Predict(reader.Read(rows)), scorer.Score(rows), measure);
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ExportInput input) => new Dictionary<string, string>
    {
        ["lifecycle.model"] = input.Definition.Model,
        ["lifecycle.snapshot"] = input.Snapshot.Id,
        ["lifecycle.snapshot.sha256"] = input.Snapshot.Digest,
        ["lifecycle.trainingSet.sha256"] = input.Features.TrainingSet.Rows.Sha256,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
