using System.Collections.Immutable;

namespace Lifecycle.Domain.Data;

/// <summary>What a file of rows looks like: enough to write a first model definition for it.</summary>
/// <param name="Format">How it is written.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Columns">Its columns, in the order of the file.</param>
public sealed record TableProfile(TableFormat Format, long RowCount, ImmutableArray<ColumnProfile> Columns)
{
    /// <summary>How a text file writes days, as DuckDB's <c>strptime</c> spells it; null where that is ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>How a text file writes points in time, spelt the same; null where that is ISO 8601.</summary>
    public string? TimestampFormat { get; init; }
}

/// <summary>How a file of rows is written.</summary>
public enum TableFormat
{
    /// <summary>Separated by commas.</summary>
    Csv,

    /// <summary>Separated by tabs.</summary>
    Tsv,

    /// <summary>JSON objects.</summary>
    Json,

    /// <summary>Parquet.</summary>
    Parquet,
}

/// <summary>What one column looks like.</summary>
public sealed record ColumnProfile
{
    /// <summary>Levels that are listed at most; a column with more has none.</summary>
    public const int MaximumLevels = 100;

    /// <summary>Name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>Its type in the database, such as <c>BIGINT</c>.</summary>
    public required string DatabaseType { get; init; }

    /// <summary>Its logical type; null for one that no model reads, such as a list.</summary>
    public required ColumnType? Type { get; init; }

    /// <summary>Rows without a value.</summary>
    public long NullCount { get; init; }

    /// <summary>Different values.</summary>
    public long DistinctCount { get; init; }

    /// <summary>The values with their rows, the most frequent first, where they are few.</summary>
    public ImmutableArray<LevelCount> Levels { get; init; } = [];

    /// <summary>Smallest number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>Earliest time.</summary>
    public DateTime? Earliest { get; init; }

    /// <summary>Latest time.</summary>
    public DateTime? Latest { get; init; }

    /// <summary>The time that a fifth of the rows are not before.</summary>
    public DateTime? LastFifth { get; init; }

    /// <summary>Longest text in UTF-8 bytes.</summary>
    public long LongestBytes { get; init; }

    /// <summary>Share of texts that hold a blank.</summary>
    public double BlankShare { get; init; }

    /// <summary>Whether nearly all texts are host names.</summary>
    public bool IsHostName { get; init; }
}

/// <summary>A level with its rows.</summary>
/// <param name="Level">The level, as text.</param>
/// <param name="Count">Rows with it.</param>
public sealed record LevelCount(string Level, long Count);
