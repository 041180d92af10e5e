using System.Collections.Immutable;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Validation;

/// <summary>
/// Holds a DataSnapshot against its data contract. A broken rule is a finding, never an exception; only a file that cannot
/// be read at all is one. The report depends on nothing but its inputs.
/// </summary>
public static class SnapshotValidator
{
    /// <summary>Findings that a report holds at most; further ones are only counted.</summary>
    public const int MaximumFindings = 50;

    /// <summary>Judges a DataSnapshot.</summary>
    /// <param name="parquetPath">Its rows.</param>
    /// <param name="definition">The model: its contract, and its columns, which must be fit for training whatever the contract says.</param>
    /// <param name="previous">The DataSnapshot accepted last; null when there is none, and distributions are not compared.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataSourceException">A file cannot be read.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static ValidationReport Validate(
        string parquetPath, ModelDefinition definition, PreviousSnapshot? previous, DataLimits limits, CancellationToken cancellation) =>
        new DataWork($"validating {Path.GetFileName(parquetPath)}", limits)
            .Run(token => Judge(Path.GetFullPath(parquetPath), definition, previous, limits, token), cancellation);

    private static ValidationReport Judge(
        string parquetPath, ModelDefinition definition, PreviousSnapshot? previous, DataLimits limits, CancellationToken cancellation)
    {
        using StagingFolder spill = new(parquetPath);
        using DuckSession session = DuckSession.Open(limits, Folders(parquetPath, previous), spill.Path, cancellation);
        CreateView(session, ContractCheck.Rows, parquetPath);
        SnapshotColumns columns = SnapshotColumns.Of(session, ContractCheck.Rows);
        DataContract contract = definition.Contract;
        ModelColumns model = new(definition, columns);
        LeakageFindings leakage = new(definition, columns);
        ImmutableArray<ContractCheck> checks = [RowChecks.Of(contract), .. model.Checks(), .. OfContract(contract, columns), .. leakage.KnownTimes()];
        ImmutableArray<DistributionComparison> comparisons = Compare(session, contract, previous);
        ImmutableArray<ValidationFinding> findings =
        [
            .. SchemaFindings.Of(contract, columns),
            .. model.Findings(),
            .. ContractCheck.Run(session, checks),
            .. comparisons.Select(comparison => comparison.Finding).OfType<ValidationFinding>(),
            .. leakage.Of(session),
            .. Objective(definition),
        ];
        return new ValidationReport
        {
            SnapshotDigest = Sha256Digest.OfFile(parquetPath, cancellation),
            PreviousSnapshot = previous?.Id,
            RuleCount = contract.Columns.Count + columns.Names.Count() + model.RuleCount + checks.Length + comparisons.Length,
            Findings = [.. findings.OrderByDescending(finding => finding.Severity).Take(MaximumFindings)],
            FindingCount = findings.Length,
            Shifts = [.. comparisons.Select(comparison => comparison.Shift).OfType<DistributionShift>()],
        };
    }

    private static IEnumerable<ValidationFinding> Objective(ModelDefinition definition)
    {
        if (ObjectiveMismatch.Of(definition) is { } mismatch)
        {
            yield return new(
                FindingSeverity.Warning, "objective", "trainer", $"one that learns {mismatch.Learnt}",
                $"one that learns {mismatch.Asked}, as gate.loss {mismatch.LossText} asks for; where labels are skewed the two are far apart");
        }
    }

    private static IEnumerable<ContractCheck> OfContract(DataContract contract, SnapshotColumns columns) => contract.Columns
        .Where(column => columns.Contains(column.Key))
        .SelectMany(column => ColumnChecks.Of(column.Key, column.Value, columns.TypeOf(column.Key)!));

    private static ImmutableArray<DistributionComparison> Compare(DuckSession session, DataContract contract, PreviousSnapshot? previous)
    {
        if (previous is null)
        {
            return [];
        }

        CreateView(session, DistributionComparison.PreviousRows, Path.GetFullPath(previous.ParquetPath));
        return [.. contract.Distributions.Select(distribution => DistributionComparison.Of(session, distribution))];
    }

    private static void CreateView(DuckSession session, string name, string parquetPath) =>
        session.Execute($"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet({Sql.Literal(parquetPath)})");

    private static IEnumerable<string> Folders(string parquetPath, PreviousSnapshot? previous)
    {
        yield return Path.GetDirectoryName(parquetPath)!;
        if (previous is not null)
        {
            yield return Path.GetDirectoryName(Path.GetFullPath(previous.ParquetPath))!;
        }
    }
}
