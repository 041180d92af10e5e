using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Labels;

/// <summary>Labels that are numbers. Trainers hold them in 32 bits, so a number beyond those is refused.</summary>
internal sealed class NumberLabels(Target target) : LabelRules(target)
{
    /// <inheritdoc/>
    public override string Noun => "a finite number of at most 3.4e38 in size in every row";

    /// <inheritdoc/>
    public override string FigureName => "label";

    /// <inheritdoc/>
    public override bool Fits(string databaseType) => LogicalTypes.Of(databaseType) is ColumnType.Number or ColumnType.Integer;

    /// <inheritdoc/>
    public override string Numbered(string column) => $"{column}::DOUBLE";

    /// <inheritdoc/>
    public override IEnumerable<ContractCheck> Checks(DataContract contract)
    {
        string number = $"{Column}::DOUBLE";
        yield return ContractCheck.EveryRow(
            FindingSeverity.Error, "label", Target.Label, Noun, $"{Column} IS NULL OR NOT isfinite({number}) OR abs({number}) > {Sql.Number(float.MaxValue)}");
        yield return Together(
            "labels", Target.Label, "at least two different labels", $"count(*) > 0 AND min({Column}) = max({Column})", $"concat(min({Column}), ' in all ', count(*), ' rows')");
        yield return Share("zeroShare", Target.Label, "a share of zeros ", $"{Column} = 0", contract.MinimumZeroShare, contract.MaximumZeroShare);
        foreach (string name in contract.ClassShares.Keys)
        {
            yield return Together("classShare", Target.Label, "no 'contract.classShares', since labels are numbers", "true", Sql.Literal($"bounds on '{name}'"));
        }
    }

    /// <inheritdoc/>
    // The mean to 24 bits, since its last ones depend on the order in which threads sum.
    public override LabelSummary Count(DuckSession session, string relation) => new()
    {
        Numbers = session.Rows(
            $"SELECT coalesce(min(label), 0), coalesce(favg(label)::FLOAT::DOUBLE, 0), coalesce(max(label), 0), count(*) FILTER (label = 0) FROM {relation}",
            row => new NumberSummary(row.GetDouble(0), row.GetDouble(1), row.GetDouble(2), row.GetInt64(3)))[0],
    };

    /// <inheritdoc/>
    public override string? Defect(LabelSummary labels, bool isHoldout) => labels.Numbers is { } numbers && numbers.Minimum < numbers.Maximum
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"no two labels that differ (all are {labels.Numbers?.Minimum}); at least two are needed");
}
