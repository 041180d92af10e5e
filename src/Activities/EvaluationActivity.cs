using System.Collections.Immutable;
using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.References;
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
        model = input.HasShuffledLabels ? model with { Reference = model.Reference.Constant() } : model;
        RowSet holdout = RowSets.Read(
            await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation), model.Features.Schema, RowParts.All, limits);
        using OnnxScorer challenger = new(await artifacts.ReadAsync(input.Model.Model, cancellation));
        MeasuredAnswers measured = new(model, input.Features.TrainingSet, holdout);
        MeasuredChampion? champion = input.Rehearsed is { } rehearsed
            ? await ScoreRehearsedAsync(rehearsed, measured, cancellation)
            : await ScoreChampionAsync(input.Champion, model, measured, cancellation);
        ReferenceModel reference = await FitReferenceAsync(model, input.Features.TrainingSet, cancellation);

        ScoredModel scored = measured.Of(challenger, input.Model.Model.Sha256);
        EvaluationResult result = ModelEvaluator.Evaluate(new Measurement
        {
            Target = model.Predicts,
            Holdout = holdout,
            Challenger = scored,
            Intervals = scored.Bounds is { } bounds
                ? new ScoredIntervals(challenger.Intervals!.Coverage, bounds, input.Model.Intervals?.CrossedRows ?? 0)
                : null,
            Champion = champion?.Scored,
            Incomparable = champion?.Mismatch,
            Reference = reference.Score(holdout),
            ModelBytes = input.Model.Model.Bytes,
            Latency = SingleRowLatency.Measure(challenger, holdout.Inputs.Slice(..Math.Min(LatencyRows, holdout.Count))),
            ParityDifference = input.Model.Parity.MaximumDifference,
            ParityTolerance = input.Model.Parity.Tolerance,
            Policy = model.Gate,
        });
        if (input.Run is { } run)
        {
            int uses = await new HoldoutRegister(store).CountAsync(model.Name, input.Features.Holdout.Rows, new(input.Model.Model.Sha256, run), cancellation);
            result = result with { Report = result.Report with { HoldoutUses = uses } };
        }

        result = result with { Report = result.Report with { RandomSplit = input.RandomSplit } };
        LearnedModel? learned = input.Model.Explanation is { } explanation
            ? LearnedModel.Of(ModelExplanation.Read(await artifacts.ReadAsync(explanation, cancellation), explanation.Uri))
            : null;
        byte[] document = (EvaluationDocument.Of(result, model.Gate) with { Learned = learned }).ToBytes();
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
        string page = EvaluationPage.Render(input.Evaluation, input.Blessing, subject, document.Curves(), document.Learned);
        return await artifacts.UploadAsync(Encoding.UTF8.GetBytes(page), MediaTypes.Html, cancellation);
    });

    private async Task<ReferenceModel> FitReferenceAsync(ModelDefinition model, TrainingSet training, CancellationToken cancellation)
    {
        Loss loss = model.Gate.LossFor(model.Predicts);
        RowSet? rows = ReferenceModel.NeedsRows(model.Reference, model.Predicts, loss)
            ? RowSets.Read(await artifacts.DownloadAsync(training.Rows, cancellation), model.Features.Schema, RowParts.Weights, limits)
            : null;
        return ReferenceModel.Fit(model.Reference, model.Predicts, loss, rows);
    }

    private async Task<MeasuredChampion> ScoreRehearsedAsync(ArtifactRef rehearsed, MeasuredAnswers measured, CancellationToken cancellation)
    {
        using OnnxScorer scorer = new(await artifacts.ReadAsync(rehearsed, cancellation));
        return MeasuredChampion.Of(scorer, rehearsed.Sha256, measured);
    }

    private async Task<MeasuredChampion?> ScoreChampionAsync(
        ChannelEntry? champion, ModelDefinition model, MeasuredAnswers measured, CancellationToken cancellation)
    {
        if (champion is null)
        {
            return null;
        }

        VerifiedVersion version = champion.Model == model.Name && champion.Channel == model.Channel
            ? await new ChannelTrust(store, keys.ReadTrustRoot(), time).MeasurableAsync(champion, cancellation)
            : throw new UntrustedVersionException(champion, $"the challenger is one for {model.Channel} of {model.Name}");
        using OnnxScorer scorer = new(await version.ReadAsync(ReleaseFileNames.Model, MaximumModelBytes, cancellation));
        MeasuredChampion scored = MeasuredChampion.Of(scorer, version.Entry.Publication.ModelDigest, measured);

        // What was never trained has seen no class shares: its numbers are meant as they are.
        return champion.Origin is ReferenceOrigin ? scored with { Scored = scored.Scored is { } answers ? answers with { AssumedShares = [] } : null } : scored;
    }
}
