using System.Collections.Immutable;
using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Reports;
using Lifecycle.Evaluation.Rows;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using EvaluationInput = Lifecycle.Workflows.Contracts.EvaluationInput;
using MeasuredRows = Lifecycle.Evaluation.Rows.HoldoutColumns;
using Measurement = Lifecycle.Evaluation.EvaluationInput;

namespace Lifecycle.Activities;

/// <summary>Stage 6, Evaluation, and the page that shows it beside the Blessing.</summary>
public sealed class EvaluationActivity(
    ArtifactStore artifacts, KeyFolder keys, IBlobStore store, DataLimits limits, TimeProvider time) : IEvaluationActivity
{
    private const int LatencyRows = 2000;
    private const long MaximumModelBytes = 64 << 20;

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<EvaluationReport> EvaluateModelAsync(EvaluationInput input) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        HoldoutRows holdout = ParquetRows.ReadHoldout(
            await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation), limits);
        using OnnxScorer challenger = new(await artifacts.ReadAsync(input.Model.Model, cancellation));

        EvaluationResult result = ModelEvaluator.Evaluate(new Measurement
        {
            Holdout = ColumnsOf(holdout),
            Challenger = Score(challenger, input.Model.Model.Sha256, holdout, model),
            Champion = input.Rehearsed is { } rehearsed
                ? await ScoreRehearsedAsync(rehearsed, holdout, model, cancellation)
                : await ScoreChampionAsync(input.Champion, holdout, model, cancellation),
            Reference = new LookupReference(model.Reference).Score(holdout.Lookups.AsSpan()),
            ModelBytes = input.Model.Model.Bytes,
            Latency = SingleRowLatency.Measure(challenger, [.. holdout.Inputs.Take(LatencyRows)]),
            ParityDifference = input.Model.Parity.MaximumDifference,
            Policy = model.Gate,
        });
        byte[] document = EvaluationDocument.Of(result, model.Gate).ToBytes();
        return result.Report with { Document = await artifacts.UploadAsync(document, MediaTypes.Json, cancellation) };
    });

    /// <inheritdoc/>
    [Activity]
    public Task<ArtifactRef> DrawReportAsync(ReportInput input) => StageScope.RunAsync(async cancellation =>
    {
        ArtifactRef stored = input.Evaluation.Document
            ?? throw new InvalidRequestException("the evaluation has no document to draw; stage Evaluation stores one");
        EvaluationDocument document = EvaluationDocument.Read(await artifacts.ReadAsync(stored, cancellation));
        EvaluationSubject subject = new()
        {
            Model = input.Definition.Model,
            Snapshot = input.Snapshot.Id,
            PrimarySlice = input.Definition.Gate.PrimarySlice,
        };
        string page = EvaluationPage.Render(input.Evaluation, input.Blessing, subject, document.Curves());
        return await artifacts.UploadAsync(Encoding.UTF8.GetBytes(page), MediaTypes.Html, cancellation);
    });

    private static MeasuredRows ColumnsOf(HoldoutRows holdout) => new()
    {
        Labels = holdout.Labels,
        Weights = holdout.Weights,
        Clusters = holdout.Clusters,
        Slices = holdout.Slices,
    };

    private static ScoredModel Score(OnnxScorer scorer, string digest, HoldoutRows holdout, ModelDefinition model) =>
        new(digest, [.. scorer.Score(holdout.Inputs)]) { AssumedRate = AssumedRateOf(holdout, model) };

    // A model trained on balanced classes takes both for equally likely; any other learned the share it saw.
    private static double AssumedRateOf(HoldoutRows holdout, ModelDefinition model) => model.Trainer is TrainerDefinition.LightGbm { BalanceClasses: true }
        ? 0.5
        : (double)holdout.Labels.Count(label => label) / holdout.Labels.Length;

    private async Task<ScoredModel> ScoreRehearsedAsync(ArtifactRef rehearsed, HoldoutRows holdout, ModelDefinition model, CancellationToken cancellation)
    {
        using OnnxScorer scorer = new(await artifacts.ReadAsync(rehearsed, cancellation));
        return Score(scorer, rehearsed.Sha256, holdout, model);
    }

    private async Task<ScoredModel?> ScoreChampionAsync(
        ChannelEntry? champion, HoldoutRows holdout, ModelDefinition model, CancellationToken cancellation)
    {
        if (champion is null)
        {
            return null;
        }

        VerifiedVersion version = champion.Model == model.Name && champion.Channel == model.Channel
            ? await new ChannelTrust(store, keys.ReadTrustRoot(), time).MeasurableAsync(champion, cancellation)
            : throw new UntrustedVersionException(champion, $"the challenger is one for {model.Channel} of {model.Name}");
        using OnnxScorer scorer = new(await version.ReadAsync(ReleaseFileNames.Model, MaximumModelBytes, cancellation));
        ScoredModel scored = Score(scorer, version.Entry.Publication.ModelDigest, holdout, model);

        // What was never trained has seen no class shares: its numbers are meant as they are.
        return champion.Origin is ReferenceOrigin ? scored with { AssumedRate = 0.5 } : scored;
    }
}
