using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Distributions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Validation;

/// <summary>What came of holding one distribution against the previous DataSnapshot: its shift if it could be measured, and a finding if it matters.</summary>
internal sealed record DistributionComparison(DistributionShift? Shift, ValidationFinding? Finding)
{
    /// <summary>Name of the relation with the previous DataSnapshot's rows.</summary>
    public const string PreviousRows = "previous_rows";

    private const string Rule = "distribution";

    /// <summary>Compares a distribution. It is fail-closed: what the new rows do not allow to be measured is an error.</summary>
    public static DistributionComparison Of(DuckSession session, DistributionContract contract)
    {
        if (Complaint(session, contract, ContractCheck.Rows) is { } complaint)
        {
            return new(null, new ValidationFinding(FindingSeverity.Error, Rule, contract.Name, $"not measurable: {complaint}", "an expression over snapshot columns"));
        }

        if (Complaint(session, contract, PreviousRows) is { } earlier)
        {
            return new(null, new ValidationFinding(FindingSeverity.Warning, Rule, contract.Name, $"not measurable in the previous snapshot: {earlier}", "the same columns as now"));
        }

        string before = Counted(contract, PreviousRows);
        Binning binning = Binning.Of(session, contract.Expression, before);
        return Judge(
            contract,
            binning.CountRows(session, contract.Expression, before),
            binning.CountRows(session, contract.Expression, Counted(contract, ContractCheck.Rows)));
    }

    private static string Counted(DistributionContract contract, string relation) =>
        contract.Where is { } condition ? $"(SELECT * FROM {relation} WHERE ({condition}\n))" : relation;

    private static DistributionComparison Judge(DistributionContract contract, ImmutableArray<long> expected, ImmutableArray<long> actual)
    {
        if (expected.Sum() == 0 || actual.Sum() == 0)
        {
            return new(null, new ValidationFinding(FindingSeverity.Error, Rule, contract.Name, "no rows to compare", "rows in both snapshots"));
        }

        double index = PopulationStabilityIndex.OfCounts(expected.AsSpan(), actual.AsSpan());
        double floor = PopulationStabilityIndex.SignificanceFloor(expected.AsSpan(), actual.AsSpan());
        FindingSeverity? severity =
            index >= Math.Max(contract.ErrorAt, floor) ? FindingSeverity.Error :
            index >= Math.Max(contract.WarnAt, floor) ? FindingSeverity.Warning : null;
        double bound = severity == FindingSeverity.Error ? contract.ErrorAt : contract.WarnAt;
        ValidationFinding? finding = severity is { } found
            ? new ValidationFinding(
                found, Rule, contract.Name,
                string.Create(CultureInfo.InvariantCulture, $"PSI {index:F3} against the previous snapshot"),
                string.Create(CultureInfo.InvariantCulture, $"below {bound:0.###} (noise alone reaches {floor:F3})"))
            : null;
        return new DistributionComparison(new DistributionShift(contract.Name, index, floor), finding);
    }

    private static string? Complaint(DuckSession session, DistributionContract contract, string relation)
    {
        try
        {
            session.Rows($"SELECT ({contract.Expression}\n) FROM {Counted(contract, relation)} LIMIT 1", row => row.IsDBNull(0));
            return null;
        }
        catch (DuckDBException exception)
        {
            return exception.Message.ReplaceLineEndings("\n").Split('\n')[0];
        }
    }
}
