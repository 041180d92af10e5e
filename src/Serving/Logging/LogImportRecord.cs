using System.Collections.Immutable;

namespace Lifecycle.Serving.Logging;

/// <summary>One import into a model's log, as it was begun.</summary>
public sealed record LogImportRecord
{
    /// <summary>Identity within the model: the moment in UTC and the beginning of the file's digest.</summary>
    public required string Id { get; init; }

    /// <summary>When it was begun; its rows are known from then on, unless a column says otherwise.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required string FileDigest { get; init; }

    /// <summary>Provenance of its labels.</summary>
    public required string Source { get; init; }
}

/// <summary>Parts of the log that an import is about to put: written first, so that whatever it has put can be taken back.</summary>
/// <param name="Blobs">Names of their blobs.</param>
internal sealed record LogImportParts(ImmutableArray<string> Blobs);

/// <summary>What a complete import put into the log.</summary>
/// <param name="RowCount">Rows of the file.</param>
/// <param name="PredictionCount">Predictions put into the log.</param>
/// <param name="LabelCount">Labels put into the log.</param>
/// <param name="RefusedCount">Rows that were refused.</param>
public sealed record LogImportCounts(long RowCount, long PredictionCount, long LabelCount, long RefusedCount);

/// <summary>An import that was taken back.</summary>
/// <param name="Time">When.</param>
public sealed record LogImportRemoval(DateTimeOffset Time);

/// <summary>One import with what became of it.</summary>
/// <param name="Record">The import.</param>
/// <param name="Counts">What it put into the log; null when it never ended, because it was stopped or is in work.</param>
/// <param name="Removal">When it was taken back; null when it was not.</param>
public sealed record LogImportEntry(LogImportRecord Record, LogImportCounts? Counts, LogImportRemoval? Removal);
