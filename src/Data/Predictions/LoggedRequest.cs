using System.Collections.Immutable;
using System.Data.Common;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Predictions;

/// <summary>One request of a window, as <see cref="PredictionWindow"/> wrote it.</summary>
/// <param name="RequestId">Its identity.</param>
/// <param name="Time">When the event happened.</param>
/// <param name="ModelDigest">SHA-256 of the model that answered; null when it is not known.</param>
/// <param name="Input">The raw event.</param>
/// <param name="Prediction">The logged answer; null when there was none.</param>
/// <param name="Label">The label; null when it is not known yet.</param>
/// <param name="LabelKnownTime">When the label became known; null without one.</param>
public sealed record LoggedRequest(
    string RequestId, DateTimeOffset Time, string? ModelDigest, string Input, float? Prediction, bool? Label, DateTimeOffset? LabelKnownTime)
{
    /// <summary>All requests of a window's file, in its order.</summary>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged or no window.</exception>
    public static ImmutableArray<LoggedRequest> Read(string windowPath, DataLimits limits)
    {
        using ParquetFile file = new(windowPath, limits);
        return [.. file.Rows("request_id, time, model_digest, input, prediction, label = 1, label_known_time").Select(Of)];
    }

    private static LoggedRequest Of(DbDataReader row) => new(
        row.GetString(0),
        new DateTimeOffset(row.GetDateTime(1), TimeSpan.Zero),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? "" : row.GetString(3),
        row.IsDBNull(4) ? null : row.GetFloat(4),
        row.IsDBNull(5) ? null : row.GetBoolean(5),
        row.IsDBNull(6) ? null : new DateTimeOffset(row.GetDateTime(6), TimeSpan.Zero));
}
