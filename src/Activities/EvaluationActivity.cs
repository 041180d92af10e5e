using System.Collections.Immutable;
using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Tables;
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
        RowSet holdout = RowsOf(ParquetRows.ReadHoldout(await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation), limits), model);
        using OnnxScorer challenger = new(await artifacts.ReadAsync(input.Model.Model, cancellation));

        EvaluationResult result = ModelEvaluator.Evaluate(new Measurement
        {
            Target = model.Predicts,
            Holdout = holdout,
            Challenger = Score(challenger, input.Model.Model.Sha256, holdout, model),
            Champion = input.Rehearsed is { } rehearsed
                ? await ScoreRehearsedAsync(rehearsed, holdout, model, cancellation)
                : await ScoreChampionAsync(input.Champion, holdout, model, cancellation),
            Reference = (await FitReferenceAsync(input.Features.TrainingSet, model, cancellation)).Score(holdout),
            ModelBytes = input.Model.Model.Bytes,
            Latency = SingleRowLatency.Measure(challenger, TextsOf(holdout.Inputs.Slice(..Math.Min(LatencyRows, holdout.Count)))),
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

    private static RowSet RowsOf(HoldoutRows holdout, ModelDefinition model) => new()
    {
        Inputs = InputRows.OfTexts(model.Features.Schema, holdout.Inputs),
        Labels = [.. holdout.Labels.Select(label => label ? 1.0 : 0)],
        Weights = holdout.Weights,
        Clusters = ClusterNumbers.Of(holdout.Clusters, holdout.Labels.Length).Clusters,
        Lookups = [.. holdout.Lookups.Select(known => known switch { true => 1, false => 0, null => double.NaN })],
        Slices = holdout.Slices,
    };

    private static RowSet RowsOf(List<TrainingRow> training, ModelDefinition model) => new()
    {
        Inputs = InputRows.OfTexts(model.Features.Schema, training.Select(row => row.Input)),
        Labels = [.. training.Select(row => row.Label ? 1.0 : 0)],
        Weights = [.. training.Select(row => row.Weight)],
    };

    private static ImmutableArray<string> TextsOf(InputRows rows) => [.. ((InputValues.Texts)rows.Columns[0]).Values.Select(text => text!)];

    private static Answers AnswersOf(OnnxScorer scorer, InputRows rows) => new(1, [.. scorer.Score(TextsOf(rows))]);

    // A model trained on balanced classes takes all for equally likely; any other learned the shares it saw.
    private static ScoredModel Score(OnnxScorer scorer, string digest, RowSet holdout, ModelDefinition model)
    {
        ScoredModel scored = new(digest, AnswersOf(scorer, holdout.Inputs));
        return model.Trainer is TrainerDefinition.LightGbm { BalanceClasses: true } ? scored : scored.Assuming(holdout, model.Predicts);
    }

    private async Task<ReferenceModel> FitReferenceAsync(TrainingSet training, ModelDefinition model, CancellationToken cancellation)
    {
        Loss loss = model.Gate.LossFor(model.Predicts);
        RowSet? rows = ReferenceModel.NeedsRows(model.Reference, model.Predicts, loss)
            ? RowsOf([.. ParquetRows.ReadTraining(await artifacts.DownloadAsync(training.Rows, cancellation), limits)], model)
            : null;
        return ReferenceModel.Fit(model.Reference, model.Predicts, loss, rows);
    }

    private async Task<ScoredModel> ScoreRehearsedAsync(ArtifactRef rehearsed, RowSet holdout, ModelDefinition model, CancellationToken cancellation)
    {
        using OnnxScorer scorer = new(await artifacts.ReadAsync(rehearsed, cancellation));
        return Score(scorer, rehearsed.Sha256, holdout, model);
    }

    private async Task<ScoredModel?> ScoreChampionAsync(
        ChannelEntry? champion, RowSet holdout, ModelDefinition model, CancellationToken cancellation)
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
        return champion.Origin is ReferenceOrigin ? scored with { AssumedShares = [] } : scored;
    }
}
