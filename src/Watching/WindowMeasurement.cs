using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;

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
        string training = await artifacts.DownloadAsync(watched.Baseline.TrainingSet.Rows, cancellation);
        WatchSides sides = WatchSides.Write(
            watched.Model, model.Features, training, await artifacts.DownloadAsync(watched.Baseline.Holdout.Rows, cancellation), traffic, scratchFolder, limits, cancellation);
        BaselineDocument baseline = BaselineDocument.Read(await artifacts.ReadAsync(watched.Baseline.DriftBaseline.Distributions, cancellation));

        ImmutableArray<FigureDefinition> figures = DriftFigures.Of(baseline, sides.IsLabelled);
        ImmutableArray<FigureDefinition> keys = model.Watch.WatchSeenKeys ? [DriftFigures.SeenOf(sides.Schema, model.Features.Key)] : [];
        UnmeasuredSentences unmeasured = new();
        WindowDrift drift = unmeasured.Unless("comparison with the baseline", () => WindowComparison.Compare(
            [new(training, sides.Window.Path, [.. figures, .. keys]), new(sides.Holdout.Path, sides.Window.Path, DriftFigures.OfAnswers(watched.Model.Target))],
            model.Watch.Policy, limits, cancellation))
            ?? WindowDrift.Unmeasured(sides.Window.Count);
        WatchedLosses losses = WatchedLosses.Measure(model, watched.Model.Target, sides, [.. figures.Where(figure => !figure.NeedsLabel)], unmeasured, limits, cancellation);
        DriftReport report = new()
        {
            Model = model.Name,
            Window = window,
            BaselineId = watched.Baseline.Id,
            ChannelVersion = live.Version,
            ModelDigest = live.Publication.ModelDigest,
            RowCount = traffic.Counts.RowCount,
            RefusedCount = traffic.Window.Logged.Length - sides.Window.Count,
            LateCount = traffic.Counts.LaterCount,
            LabelledCount = traffic.Labelled.Logged.Length,
            Breaches = TrafficContract.Check(traffic.Window, live.Publication.ModelDigest, model.Watch),
            Figures = [.. drift.Figures.Take(DriftReport.MaximumFigures)],
            FigureCount = drift.FigureCount,
            WarnCount = drift.WarnCount,
            ActCount = drift.ActCount,
            DriftShare = drift.DriftShare,
            SeenShare = sides.SeenShare(),
            Separation = losses.Separation,
            Loss = losses.Input.Loss.Text,
            Losses = losses.Evidence,
            Unmeasured = unmeasured.All,
            Level = drift.Level,
        };
        return new MeasuredWindow(report, drift, losses.Input);
    }
}
