using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Rows;
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
        ChallengerBounds? bounds = input.Challenger.Bounds;
        IntervalFragments? intervals = bounds is null ? null : new IntervalFragments(
            definition.Intervals ?? throw new InvalidRequestException("the challenger has ends of intervals, and its definition asks for none"),
            FragmentDocument.Read(await artifacts.ReadAsync(bounds.Lower.Ensemble, cancellation)),
            FragmentDocument.Read(await artifacts.ReadAsync(bounds.Upper.Ensemble, cancellation)));
        byte[] model = ModelGraph.Compose(featurizer, fragment, definition.Predicts, Metadata(input), intervals);

        string holdout = await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation);
        InputRows rows = RowSets.Read(holdout, definition.Features.Schema, RowParts.None, limits).Inputs;
        using FeatureReader reader = new(featurizer);
        using OnnxScorer scorer = new(model);
        (Answers answers, Answers? ends) = scorer.ScoreWithin(rows);
        using INativeModel native = NativeModels.Load(
            KnownTrainers.All.For(input.Challenger.Trainer), await artifacts.ReadAsync(input.Challenger.NativeModel, cancellation), input.Challenger.CorrectedFactors ?? []);
        ParityReport parity = Holding(ParityCheck.Compare(native.Predict(reader.Read(rows)), answers, fragment.Link.Parity));
        return new OnnxModel(await artifacts.UploadAsync(model, MediaTypes.Onnx, cancellation), parity)
        {
            Explanation = await ExplainAsync(input, fragment, cancellation),
            Intervals = bounds is null ? null : Compare(
                await PredictAsync(bounds.Lower, reader, rows, cancellation),
                await PredictAsync(bounds.Upper, reader, rows, cancellation),
                ends!, intervals!.Lower.Link.Parity),
        };
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
            await artifacts.ReadRecordAsync<ImmutableArray<string>>(names, cancellation),
            await artifacts.ReadRecordAsync<ImmutableArray<FeatureSpan>>(columns, cancellation),
            input.Challenger.Record is { } record ? await artifacts.ReadRecordAsync<TrainingRecord>(record, cancellation) : null);
        return await artifacts.UploadAsync(explanation.ToBytes(), MediaTypes.Json, cancellation);
    }

    private async Task<Answers> PredictAsync(BoundModel bound, FeatureReader reader, InputRows rows, CancellationToken cancellation)
    {
        using INativeModel native = KnownTrainers.All.For(bound.Trainer).Load(await artifacts.ReadAsync(bound.NativeModel, cancellation));
        return native.Predict(reader.Read(rows));
    }

    // The library's ends as the graph gives them: turned round where they cross.
    private static IntervalExport Compare(Answers lower, Answers upper, Answers ends, ParityMeasure measure)
    {
        long crossed = 0;
        float[] sorted = new float[ends.Values.Length];
        for (int row = 0; row < lower.Count; row++)
        {
            (float low, float high) = (lower.Values[row], upper.Values[row]);
            crossed += low > high ? 1 : 0;
            (sorted[2 * row], sorted[(2 * row) + 1]) = (Math.Min(low, high), Math.Max(low, high));
        }

        return new IntervalExport(Holding(ParityCheck.Compare(new Answers(ends.Width, [.. sorted]), ends, measure)), crossed);
    }

    private static ParityReport Holding(ParityReport parity) => parity.Holds ? parity : throw new ParityBrokenException(parity);

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
