using System.Collections.Immutable;

namespace Lifecycle.Domain.Data;

/// <summary>What the rows of a DataSnapshot must look like. A broken rule of severity Error stops the run.</summary>
public sealed record DataContract
{
    /// <summary>Every column that may be there, by name. A column not named here is a finding too.</summary>
    public ImmutableSortedDictionary<string, ColumnContract> Columns { get; init; } = ImmutableSortedDictionary<string, ColumnContract>.Empty;

    /// <summary>Fewest rows.</summary>
    public long MinimumRows { get; init; } = 1;

    /// <summary>Most rows; null is no bound.</summary>
    public long? MaximumRows { get; init; }

    /// <summary>Lowest share of positive labels, where the target is binary.</summary>
    public double MinimumLabelRate { get; init; }

    /// <summary>Highest share of positive labels, where the target is binary.</summary>
    public double MaximumLabelRate { get; init; } = 1;

    /// <summary>Bounds on the share of classes, by the class as the label's column writes it; a class that is not named has none.</summary>
    public ImmutableSortedDictionary<string, ClassShareContract> ClassShares { get; init; } = ImmutableSortedDictionary<string, ClassShareContract>.Empty;

    /// <summary>Lowest share of labels that are zero, where labels are numbers.</summary>
    public double MinimumZeroShare { get; init; }

    /// <summary>Highest share of labels that are zero, where labels are numbers.</summary>
    public double MaximumZeroShare { get; init; } = 1;

    /// <summary>Bounds on the change of distributions against the previous accepted DataSnapshot.</summary>
    public ImmutableArray<DistributionContract> Distributions { get; init; } = [];
}

/// <summary>Bounds on the share of one class.</summary>
public sealed record ClassShareContract
{
    /// <summary>Lowest share of rows.</summary>
    public double MinimumShare { get; init; }

    /// <summary>Highest share of rows.</summary>
    public double MaximumShare { get; init; } = 1;
}

/// <summary>Rules for one column.</summary>
public sealed record ColumnContract
{
    /// <summary>Logical type.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Whether the column must be there.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Highest share of nulls; NaN is counted apart and never allowed.</summary>
    public double MaximumNullRate { get; init; }

    /// <summary>Regular expression (RE2) that every value matches as a whole; null is no rule.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether no value occurs twice.</summary>
    public bool Unique { get; init; }

    /// <summary>Values allowed; empty is no rule.</summary>
    public ImmutableArray<string> AllowedValues { get; init; } = [];

    /// <summary>Smallest value allowed; null is no rule.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest value allowed; null is no rule.</summary>
    public double? Maximum { get; init; }

    /// <summary>
    /// Timestamp column that says when the value became known; a row in which that is after the features' <c>eventTime</c> is a warning, since
    /// a model in service would not have it. Null is no rule.
    /// </summary>
    public string? KnownAt { get; init; }

    /// <summary>What a broken rule of this column does.</summary>
    public FindingSeverity Severity { get; init; } = FindingSeverity.Error;
}

/// <summary>Logical type of a column.</summary>
public enum ColumnType
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A date or a point in time.</summary>
    Timestamp,
}

/// <summary>
/// A bound on the population stability index (PSI) of one expression against the previous accepted DataSnapshot.
/// Numbers with more than ten values are cut at ten quantiles of the previous snapshot; anything else is counted by value,
/// those beyond the hundred most frequent together.
/// </summary>
public sealed record DistributionContract
{
    /// <summary>Name for people, such as <c>host length</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SQL expression over snapshot columns.</summary>
    public required string Expression { get; init; }

    /// <summary>
    /// SQL condition of the rows that count; null counts all. Where snapshots are cumulative, hold the new rows against the
    /// new rows before: the old ones would hide a bad batch.
    /// </summary>
    public string? Where { get; init; }

    /// <summary>PSI from which on a finding warns.</summary>
    public double WarnAt { get; init; } = 0.1;

    /// <summary>PSI from which on a finding is an error.</summary>
    public double ErrorAt { get; init; } = 0.25;
}
