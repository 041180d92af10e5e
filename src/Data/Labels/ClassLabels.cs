using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Labels;

/// <summary>Labels that are classes, written in their column as the target names them.</summary>
internal sealed class ClassLabels(Target target) : LabelRules(target)
{
    /// <inheritdoc/>
    public override string Noun => Classes is [.. { IsEmpty: false } others, var last]
        ? $"{string.Join(", ", others)} or {last} in every row"
        : $"{string.Join(", ", Classes)} in every row";

    /// <inheritdoc/>
    public override string FigureName => "class";

    /// <inheritdoc/>
    // Two classes stay numbers, as every baseline so far has them; of several, names are what people read.
    public override string FigureExpression => IsBinary ? base.FigureExpression : $"{Sql.Literals(Classes)}[{base.FigureExpression}::INTEGER + 1]";

    private ImmutableArray<string> Classes => Target.ClassNames;

    private bool IsBinary => Target.Answer == AnswerForm.Probability;

    /// <inheritdoc/>
    public override bool Fits(string databaseType) => LogicalTypes.Of(databaseType) is not null;

    /// <inheritdoc/>
    public override string Numbered(string column) =>
        $"CASE {column}::VARCHAR {string.Concat(Classes.Select((name, number) => string.Create(CultureInfo.InvariantCulture, $"WHEN {Sql.Literal(name)} THEN {number} ")))}END::DOUBLE";

    /// <inheritdoc/>
    public override IEnumerable<ContractCheck> Checks(DataContract contract)
    {
        string listed = string.Join(", ", Classes.Select(Sql.Literal));
        yield return ContractCheck.EveryRow(FindingSeverity.Error, "label", Target.Label, Noun, $"{Column} IS NULL OR {Column}::VARCHAR NOT IN ({listed})");
        yield return new ContractCheck(FindingSeverity.Error, "classes", Target.Label, "rows of every class", $"""
            SELECT 'no row of ' || string_agg(name, ', ') FROM (SELECT unnest([{listed}]) AS name)
            WHERE name NOT IN (SELECT DISTINCT {Column}::VARCHAR FROM {ContractCheck.Rows} WHERE {Column} IS NOT NULL)
            """)
        {
            Broken = $"count(*) > 0 AND NOT ({string.Join(" AND ", Classes.Select(name => $"coalesce(bool_or({Is(name)}), false)"))})",
        };
        if (IsBinary)
        {
            yield return Share("labelRate", "rows", "", Is(Classes[^1]), contract.MinimumLabelRate, contract.MaximumLabelRate);
        }

        foreach ((string name, ClassShareContract share) in contract.ClassShares)
        {
            yield return Classes.Contains(name)
                ? Share("classShare", Target.Label, $"a share of '{name}' ", Is(name), share.MinimumShare, share.MaximumShare)
                : Together("classShare", Target.Label, $"bounds on {string.Join(", ", Classes)}", "true", Sql.Literal($"bounds on '{name}', which is no class of the target"));
        }
    }

    /// <inheritdoc/>
    public override LabelSummary Count(DuckSession session, string relation)
    {
        long[] counts = new long[Classes.Length];
        foreach ((int number, long rows) in session.Rows($"SELECT label::INTEGER, count(*) FROM {relation} GROUP BY label", row => (row.GetInt32(0), row.GetInt64(1))))
        {
            counts[number] = rows;
        }

        return new LabelSummary { Classes = [.. Classes.Zip(counts, (name, rows) => new ClassCount(name, rows))] };
    }

    /// <inheritdoc/>
    public override string? Defect(LabelSummary labels, bool isHoldout)
    {
        string[] missing = [.. labels.Classes.Where(one => one.RowCount == 0).Select(one => $"'{one.Name}'")];
        return missing is [] || (isHoldout && !IsBinary && missing.Length < Classes.Length - 1)
            ? null
            : $"no row of class {string.Join(", ", missing)} ({labels.Sentence}); {(IsBinary ? "both classes are" : isHoldout ? "two classes at least are" : "every class is")} needed";
    }

    private string Is(string name) => $"{Column}::VARCHAR = {Sql.Literal(name)}";
}
