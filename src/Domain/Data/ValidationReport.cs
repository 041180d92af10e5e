using System.Collections.Immutable;

namespace Lifecycle.Domain.Data;

/// <summary>What a finding does.</summary>
public enum FindingSeverity
{
    /// <summary>Shown to the release engineers.</summary>
    Warning,

    /// <summary>Stops the run.</summary>
    Error,
}

/// <summary>One rule of the data contract that the DataSnapshot breaks.</summary>
/// <param name="Severity">What the finding does.</param>
/// <param name="Rule">The rule's name, such as <c>nullRate</c>, <c>pattern</c> or <c>distribution</c>.</param>
/// <param name="Subject">Column, or name of the distribution, or <c>rows</c>.</param>
/// <param name="Found">What was found, with an example where one helps.</param>
/// <param name="Expected">What the contract asks for.</param>
public sealed record ValidationFinding(FindingSeverity Severity, string Rule, string Subject, string Found, string Expected)
{
    /// <summary>The finding as a sentence.</summary>
    public string Sentence => $"{Subject}: {Rule} is {Found}, expected {Expected}";
}

/// <summary>A measured distance of one distribution from the previous accepted DataSnapshot.</summary>
/// <param name="Name">Name of the distribution.</param>
/// <param name="PopulationStabilityIndex">The PSI.</param>
/// <param name="SignificanceFloor">PSI below which the difference is noise for these row counts.</param>
public sealed record DistributionShift(string Name, double PopulationStabilityIndex, double SignificanceFloor);

/// <summary>Verdict of the data contract on a DataSnapshot.</summary>
public sealed record ValidationReport
{
    /// <summary>Digest of the DataSnapshot that was judged.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>Identifier of the previous accepted DataSnapshot that distributions were held against; null when there is none.</summary>
    public string? PreviousSnapshot { get; init; }

    /// <summary>Rules checked.</summary>
    public required int RuleCount { get; init; }

    /// <summary>Rules broken, errors first. At most 50; more are cut and counted in <see cref="FindingCount"/>.</summary>
    public ImmutableArray<ValidationFinding> Findings { get; init; } = [];

    /// <summary>Number of rules broken in all.</summary>
    public int FindingCount { get; init; }

    /// <summary>Measured distances from the previous DataSnapshot.</summary>
    public ImmutableArray<DistributionShift> Shifts { get; init; } = [];

    /// <summary>Whether the run may go on: no finding is an error.</summary>
    public bool Accepted => Findings.All(finding => finding.Severity != FindingSeverity.Error);
}
