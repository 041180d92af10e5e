using System.Collections.Immutable;
using System.Data.Common;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Predictions;

/// <summary>One request of a window, as <see cref="PredictionWindow"/> wrote it.</summary>
/// <param name="RequestId">Its identity.</param>
/// <param name="Time">When the event happened.</param>
/// <param name="ModelDigest">SHA-256 of the model that answered; null when it is not known.</param>
/// <param name="Input">What was asked: the one text, or a row of inputs that <see cref="Inputs.RowText"/> reads.</param>
/// <param name="Prediction">The one number that stands for the logged answer; null when there was none.</param>
/// <param name="Answers">The logged probabilities of the classes, in the target's order; empty where the answer is one number.</param>
/// <param name="Label">The label: 0 or 1, or the value; null when it is not known yet, or where <paramref name="Class"/> is given.</param>
/// <param name="Class">The label's class, where there are several; null when it is not known yet.</param>
/// <param name="LabelKnownTime">When the label became known; null without one.</param>
public sealed record LoggedRequest(
    string RequestId, DateTimeOffset Time, string? ModelDigest, string Input, float? Prediction, ImmutableArray<float> Answers,
    double? Label, string? Class, DateTimeOffset? LabelKnownTime)
{
    /// <summary>All requests of a window's file, in its order.</summary>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged or no window.</exception>
    public static ImmutableArray<LoggedRequest> Read(string windowPath, DataLimits limits)
    {
        using ParquetFile file = new(windowPath, limits);
        return [.. file.Rows("request_id, time, model_digest, input, prediction, answers, label, class, label_known_time").Select(Of)];
    }

    /// <summary>The label as a target numbers it; null where it is not known, or none of the target's.</summary>
    public double? LabelOf(Target target) => LabelOf(target, Label, Class);

    /// <summary>A logged label as a target numbers it; null where it is not known, or none of the target's.</summary>
    internal static double? LabelOf(Target target, double? label, string? name) =>
        name is not null ? target.ClassNames.IndexOf(name) is >= 0 and var position ? position : null
        : target.ClassNames.IsEmpty || (label is >= 0 && label < target.ClassNames.Length && double.IsInteger(label.Value)) ? label
        : null;

    private static LoggedRequest Of(DbDataReader row) => new(
        row.GetString(0),
        new DateTimeOffset(row.GetDateTime(1), TimeSpan.Zero),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? "" : row.GetString(3),
        row.IsDBNull(4) ? null : row.GetFloat(4),
        row.IsDBNull(5) ? [] : [.. row.GetFieldValue<List<float>>(5)],
        row.IsDBNull(6) ? null : row.GetDouble(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : new DateTimeOffset(row.GetDateTime(8), TimeSpan.Zero));
}
