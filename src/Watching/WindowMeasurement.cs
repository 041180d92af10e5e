using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;
using Lifecycle.Training.Domains;

namespace Lifecycle.Watching;

/// <summary>What was measured of a window: the report, and what its page and document need beside it.</summary>
/// <param name="Report">The report, without its document.</param>
/// <param name="Drift">Every figure, with its counts on both sides.</param>
/// <param name="Losses">What the estimated losses were measured from.</param>
public sealed record MeasuredWindow(DriftReport Report, WindowDrift Drift, LossInput Losses);

/// <summary>Measures a window of the live model's traffic, from the log to the report. It judges nothing beyond the figures.</summary>
/// <param name="artifacts">Where the baseline's rows lie.</param>
/// <param name="log">The model's log.</param>
/// <param name="limits">What the work may use.</param>
public sealed class WindowMeasurement(ArtifactStore artifacts, PredictionParts log, DataLimits limits)
{
    /// <summary>Measures.</summary>
    /// <param name="model">The model's definition.</param>
    /// <param name="watched">The live model, with what its traffic is compared with.</param>
    /// <param name="live">The version that it is.</param>
    /// <param name="window">The window.</param>
    /// <param name="blocked">Windows whose rows are broken: labels that come for them say nothing.</param>
    /// <param name="scratchFolder">An existing, empty folder for the work.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<MeasuredWindow> MeasureAsync(
        ModelDefinition model, WatchedModel watched, ChannelEntry live, WatchWindow window, ImmutableArray<WatchWindow> blocked, string scratchFolder, CancellationToken cancellation)
    {
        TrafficRows traffic = await TrafficRows.ReadAsync(log, watched.Model, model, window, blocked, scratchFolder, limits, cancellation);
        WatchSides sides = await SidesAsync(model, watched, traffic, cancellation);
        BaselineDocument baseline = BaselineDocument.Read(await artifacts.ReadAsync(watched.Baseline.DriftBaseline.Distributions, cancellation));
        string holdout = Path.Combine(scratchFolder, "holdout.parquet");
        string now = Path.Combine(scratchFolder, "traffic.parquet");
        sides.Write(holdout, now, limits, cancellation);

        ImmutableArray<FigureDefinition> figures = DriftFigures.Of(baseline, sides.IsLabelled);
        ImmutableArray<FigureDefinition> keys = model.Watch.WatchSeenKeys ? [DriftFigures.Seen] : [];
        string training = await artifacts.DownloadAsync(watched.Baseline.TrainingSet.Rows, cancellation);
        UnmeasuredSentences unmeasured = new();
        WindowDrift drift = unmeasured.Unless("comparison with the baseline", () => WindowComparison.Compare(
            [new(training, now, [.. figures, .. keys]), new(holdout, now, [DriftFigures.Prediction])], model.Watch.Policy, limits, cancellation))
            ?? WindowDrift.Unmeasured(sides.Answered.Length);
        ImmutableArray<FigureDefinition> separating = [.. figures.Where(figure => !figure.NeedsLabel), DriftFigures.Prediction];
        DomainScores? scores = unmeasured.Unless("separation from the baseline", () => Separate(holdout, now, separating, cancellation));
        SlicedSides slices = SlicedSides.Of(sides, model.Watch.ProtectedSlices, expression => new InputSlices(expression, scratchFolder, limits), unmeasured, cancellation);
        LossInput losses = LossInputOf(
            sides.HoldoutRows(model.Features.Kind, slices.Holdout), sides, unmeasured.Unless("importance weights", () => WeightsOf(scores)), model.Watch.Policy);
        DriftReport report = new()
        {
            Model = model.Name,
            Window = window,
            BaselineId = watched.Baseline.Id,
            ChannelVersion = live.Version,
            ModelDigest = live.Publication.ModelDigest,
            RowCount = traffic.Counts.RowCount,
            RefusedCount = traffic.Window.Length - sides.Answered.Length,
            LateCount = traffic.Counts.LaterCount,
            LabelledCount = traffic.Labelled.Length,
            Breaches = TrafficContract.Check(traffic.Window, live.Publication.ModelDigest, model.Watch),
            Figures = [.. drift.Figures.Take(DriftReport.MaximumFigures)],
            FigureCount = drift.FigureCount,
            WarnCount = drift.WarnCount,
            ActCount = drift.ActCount,
            DriftShare = drift.DriftShare,
            SeenShare = sides.SeenShare,
            Separation = unmeasured.Unless("separation from the baseline", () => scores is null ? null : SeparationOf(scores, model.Watch.Policy)),
            Losses = LossesOf(losses, sides.LabelledRows(model.Features.Kind, slices.Labelled), unmeasured),
            Unmeasured = unmeasured.All,
            Level = drift.Level,
        };
        return new MeasuredWindow(report, drift, losses);
    }

    private static DomainSeparation SeparationOf(DomainScores scores, DriftPolicy policy) => SeparationTest.Judge(
        [.. scores.Baseline.Select(score => score.Probability)], [.. scores.Window.Select(score => score.Probability)], policy);

    private static LossInput LossInputOf(LossRows holdout, WatchSides sides, ImportanceWeights? weights, DriftPolicy policy) => new()
    {
        Holdout = holdout,
        Window = sides.WindowRows(),
        Weights = weights,
        Policy = policy,
    };

    private static ImportanceWeights? WeightsOf(DomainScores? scores) => scores is null ? null : ImportanceWeights.Of(
        [.. scores.Baseline.Select(score => score.Row)],
        [.. scores.Baseline.Select(score => score.Probability)],
        [.. scores.Window.Select(score => score.Probability)]);

    // Labels come when they come: they are measured on the requests that they belong to, whatever window those were in.
    private static LossEvidence LossesOf(LossInput unlabelled, LossRows labelled, UnmeasuredSentences unmeasured)
    {
        LossEvidence estimates = (unlabelled.Window.RowCount == 0 ? null : unmeasured.Unless("loss without labels", () => LossComparison.Measure(unlabelled))) ?? new();
        LossEvidence? measured = labelled.RowCount == 0
            ? null
            : unmeasured.Unless("labelled loss", () => LossComparison.Measure(unlabelled with { Window = labelled, Weights = null }));
        return measured is null ? estimates : measured with { Weighted = estimates.Weighted, Estimated = estimates.Estimated };
    }

    private async Task<WatchSides> SidesAsync(ModelDefinition model, WatchedModel watched, TrafficRows traffic, CancellationToken cancellation)
    {
        WatchedHoldout holdout = WatchedHoldout.Of(RowSets.Read(
            await artifacts.DownloadAsync(watched.Baseline.Holdout.Rows, cancellation), model.Features.Schema, RowParts.Weights | RowParts.Clusters, limits));
        string training = await artifacts.DownloadAsync(watched.Baseline.TrainingSet.Rows, cancellation);
        ImmutableArray<float> scores = [.. watched.Model.Predict(holdout.Inputs).Select(answer => answer.Probability ?? float.NaN)];
        return new WatchSides(holdout, scores, traffic, [.. WatchedHoldout.TextsOf(RowSets.Read(training, model.Features.Schema, RowParts.None, limits))]);
    }

    private DomainScores? Separate(string before, string now, ImmutableArray<FigureDefinition> figures, CancellationToken cancellation)
    {
        DomainRow[] baseline = [.. FigureVectors.Read(before, figures, limits).Select(row => new DomainRow(row.Input, row.Figures))];
        DomainRow[] traffic = [.. FigureVectors.Read(now, figures, limits).Select(row => new DomainRow(row.Input, row.Figures))];
        return Math.Min(baseline.Length, traffic.Length) < DomainClassifier.MinimumRows
            ? null
            : DomainClassifier.Score(baseline, traffic, cancellation: cancellation);
    }
}
