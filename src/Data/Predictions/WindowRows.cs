using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Predictions;

/// <summary>The rows of one window as they were known at one moment.</summary>
public sealed record WindowRows
{
    /// <summary>The window.</summary>
    public required WatchWindow Window { get; init; }

    /// <summary>Rows and labels known before this moment count: the window's own, or a later one on re-reading.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The rows as a Parquet file, not uploaded: time, known_time, request_id, model_digest, channel_version, input,
    /// prediction, answers, refusal, latency_microseconds, label, class, label_known_time, is_late; sorted by time and request_id.</summary>
    public required ArtifactRef Rows { get; init; }

    /// <summary>Rows in it, each request once.</summary>
    public required long RowCount { get; init; }

    /// <summary>Of these, inputs that the model refused.</summary>
    public required long RefusedCount { get; init; }

    /// <summary>Of these, rows whose label is known.</summary>
    public required long LabelledCount { get; init; }

    /// <summary>Of these, rows that were known after the window had closed; always none in the first reading.</summary>
    public required long LateCount { get; init; }

    /// <summary>Requests of the window that were known only at <see cref="AsOf"/> or later, and are not in it.</summary>
    public required long LaterCount { get; init; }

    /// <summary>Rows that repeated a request, and were left out.</summary>
    public required long RepeatedCount { get; init; }
}
