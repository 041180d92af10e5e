using System.Collections.Immutable;

namespace Lifecycle.Domain.Models;

/// <summary>
/// Where a model's rows come from: files, and one SQL script that turns them into the rows of a DataSnapshot.
/// Exactly one of <see cref="NpmLock"/> and <see cref="Files"/> is set.
/// </summary>
public sealed record DataSourceDefinition
{
    /// <summary>
    /// Name of the npm lock file in the model's folder (beside its package.json) whose packages hold the data,
    /// each pinned by version and integrity; null for plain files.
    /// </summary>
    public string? NpmLock { get; init; }

    /// <summary>Data files (CSV, JSON or Parquet) by name, relative to the model's folder. A path may hold <c>{snapshot}</c>.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// Name of the DuckDB SQL script in the model's folder. Its last statement selects the rows; the order does not
    /// matter, the DataSnapshot is sorted by all columns. Parameters are read with <c>getvariable('name')</c>:
    /// <c>source</c> (folder of the installed packages, or of the model), <c>snapshot</c>, <c>cutoff</c>, every entry of
    /// <see cref="SnapshotDefinition.Parameters"/>, and every name of <see cref="Files"/> with its full path.
    /// </summary>
    public required string Sql { get; init; }

    /// <summary>
    /// Whether labels that came back from serving, known by the snapshot's cutoff, are given to the script: then
    /// <c>getvariable('feedback')</c> is the path of a Parquet file with <c>input</c>, <c>label</c>, <c>known_time</c> and
    /// <c>source</c>. The script decides what it takes of them. Off unless told.
    /// </summary>
    public bool Feedback { get; init; }
}

/// <summary>One DataSnapshot that can be taken.</summary>
public sealed record SnapshotDefinition
{
    /// <summary>Identifier, such as <c>2020-05</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Nothing known after this date is in the DataSnapshot.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Parameters of the SQL script, such as package versions.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
