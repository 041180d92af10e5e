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
        HoldoutRows holdout = ParquetRows.ReadHoldout(
            await artifacts.DownloadAsync(input.Features.Holdout.Rows, cancellation), limits);
        RowSet rows = RowsOf(holdout, model);
        using OnnxScorer challenger = new(await artifacts.ReadAsync(input.Model.Model, cancellation));

        EvaluationResult result = ModelEvaluator.Evaluate(new Measurement
        {
            Target = model.Predicts,
            Holdout = rows,
            Challenger = Score(challenger, input.Model.Model.Sha256, holdout, model),
            Champion = input.Rehearsed is { } rehearsed
                ? await ScoreRehearsedAsync(rehearsed, holdout, model, cancellation)
                : await ScoreChampionAsync(input.Champion, holdout, model, cancellation),
            Reference = ReferenceModel.Fit(model.Reference, model.Predicts, LossOf(model), training: null).Score(rows),
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

    private static RowSet RowsOf(HoldoutRows holdout, ModelDefinition model) => new()
    {
        Inputs = InputRows.OfTexts(model.Features.Schema, holdout.Inputs),
        Labels = [.. holdout.Labels.Select(label => label ? 1.0 : 0)],
        Weights = holdout.Weights,
        Clusters = ClusterNumbers.Of(holdout.Clusters, holdout.Labels.Length).Clusters,
        Lookups = [.. holdout.Lookups.Select(known => known switch { true => 1, false => 0, null => double.NaN })],
        Slices = holdout.Slices,
    };

    private static Loss LossOf(ModelDefinition model) => model.Gate.Loss is { } text ? Loss.Parse(text) : Loss.DefaultFor(model.Predicts);

    private static ScoredModel Score(OnnxScorer scorer, string digest, HoldoutRows holdout, ModelDefinition model) =>
        new(digest, new Answers(1, [.. scorer.Score(holdout.Inputs)])) { AssumedShares = AssumedSharesOf(holdout, model) };

    // A model trained on balanced classes takes both for equally likely; any other learned the share it saw.
    private static ImmutableArray<double> AssumedSharesOf(HoldoutRows holdout, ModelDefinition model)
    {
        double rate = (double)holdout.Labels.Count(label => label) / holdout.Labels.Length;
        return model.Trainer is TrainerDefinition.LightGbm { BalanceClasses: true } ? [] : [1 - rate, rate];
    }

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
        return champion.Origin is ReferenceOrigin ? scored with { AssumedShares = [] } : scored;
    }
}
