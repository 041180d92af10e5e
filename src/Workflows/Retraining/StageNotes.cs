using System.Globalization;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;

namespace Lifecycle.Workflows.Retraining;

/// <summary>What a stage produced, in one line each, for Temporal UI and the command line. Pure.</summary>
public static class StageNotes
{
    /// <summary>Line of stage Snapshot.</summary>
    public static string Of(DataSnapshot snapshot) =>
        Text($"{snapshot.RowCount} rows, digest {Short(snapshot.Digest)}, cutoff {snapshot.Cutoff:yyyy-MM-dd}");

    /// <summary>Line of stage Validation.</summary>
    public static string Of(ValidationReport report) => report.Findings is []
        ? Text($"{report.RuleCount} rules hold")
        : Text($"{report.FindingCount} of {report.RuleCount} rules broken; {report.Findings[0].Sentence}");

    /// <summary>Line of stage Features.</summary>
    public static string Of(FeatureSet features) =>
        Text($"{features.TrainingSet.RowCount} rows to train on, {features.Holdout.RowCount} held out, {features.FeatureCount} features");

    /// <summary>Line of stage Training.</summary>
    public static string Of(Challenger challenger) =>
        challenger.Trainer.Sentence;

    /// <summary>Line of stage Export.</summary>
    public static string Of(OnnxModel model) =>
        Text($"model.onnx {Short(model.Model.Sha256)}, {model.Model.Bytes} bytes, parity {model.Parity.MaximumDifference:0.0e+0} over {model.Parity.RowCount} rows");

    /// <summary>Line of stage Evaluation, on the slice that decides.</summary>
    public static string Of(EvaluationReport report, string primarySlice) =>
        report.Challenger.Slices.TryGetValue(primarySlice, out SliceMetrics? metrics)
            ? Text($"{primarySlice}: {report.LossTitle} {metrics.Loss:0.000}{Leading(report, metrics)} over {metrics.RowCount} rows")
            : Text($"no measurement on slice {primarySlice}");

    /// <summary>Line of stage Blessing: the verdict, and the first reason that is not a blessing.</summary>
    public static string Of(Blessing blessing)
    {
        BlessingReason? against = blessing.Reasons.FirstOrDefault(reason => reason.Verdict == blessing.Verdict && reason.Verdict != BlessingVerdict.Blessed);
        return against is null ? Text($"{blessing.Verdict}: {blessing.Reasons.Length} rules hold") : Text($"{blessing.Verdict}: {against.Sentence}");
    }

    /// <summary>Line of stage Publication.</summary>
    public static string Of(Publication publication) =>
        Text($"{publication.Directory}, approved by {string.Join(" and ", publication.ApprovedBy)}");

    /// <summary>Line of stage Promotion.</summary>
    public static string Of(ChannelEntry entry) => Text($"{entry.Channel} is at version {entry.Version}");

    // The first figure of which more is better says most.
    private static string Leading(EvaluationReport report, SliceMetrics metrics) =>
        report.Figures.FirstOrDefault(figure => figure.Better == FigureDirection.Higher) is { } leading && metrics.Find(leading.Name) is { } value ? Text($", {leading.Title} {value:0.000}") : "";

    private static string Short(string digest) => digest[..Math.Min(12, digest.Length)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
