using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Labels;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Validation;

/// <summary>
/// Warns of an input that gives the label away all alone, as what is only known afterwards does: a number by which the rows of a class stand
/// apart (AUC above .98 or below .02) or that ranks rows as a numeric label does (Spearman above .98 in size), a text whose frequent levels
/// decide the class or order the numbers, or an input that is missing where the label is one thing and there where it is another.
/// </summary>
/// <param name="definition">The model.</param>
/// <param name="columns">The snapshot's columns.</param>
internal sealed class LeakageFindings(ModelDefinition definition, SnapshotColumns columns)
{
    private const double Bound = 0.98;
    private const double LevelErrorsLeft = 0.1;
    private const string Expected = "at most .98 from one input alone; leave out what is known only after the event";

    private readonly LabelRules labels = LabelRules.Of(definition.Predicts);

    /// <summary>All warnings.</summary>
    public IEnumerable<ValidationFinding> Of(DuckSession session)
    {
        InputColumn[] inputs = [.. definition.Features.Schema.Columns.Where(input => columns.TypeOf(input.Name) is { } type && SplitColumns.Fits(input, type))];
        if (inputs is [] || !columns.Contains(definition.Features.Key) || columns.TypeOf(definition.Predicts.Label) is not { } label || !labels.Fits(label))
        {
            return [];
        }

        LeakageSample sample = LeakageSample.Take(
            session, definition.Features.Key, labels.Numbered(Sql.Name(definition.Predicts.Label)),
            [.. inputs.Select(input => SplitColumns.Comparable(input, columns.TypeOf(input.Name)!))]);
        return [.. inputs.Select((input, column) => Finding(sample, input, column)).OfType<ValidationFinding>()];
    }

    /// <summary>Rules that say when a column's values became known: a value known after the event is a warning.</summary>
    public IEnumerable<ContractCheck> KnownTimes() =>
        from column in definition.Contract.Columns
        let known = column.Value.KnownAt
        let happened = definition.Features.EventTime
        where known is not null && happened is not null && columns.Contains(column.Key) && IsTime(known) && IsTime(happened)
        select ContractCheck.EveryRow(
            FindingSeverity.Warning, "knownAt", column.Key, $"a value known by the time of the event, '{happened}'",
            $"{Sql.Name(column.Key)} IS NOT NULL AND {Time(known)} > {Time(happened)}");

    private bool IsTime(string column) => columns.TypeOf(column) is { } type && LogicalTypes.Of(type) == ColumnType.Timestamp;

    private string Time(string column) => LogicalTypes.Timestamp(Sql.Name(column), columns.TypeOf(column)!);

    private ValidationFinding? Finding(LeakageSample sample, InputColumn input, int column)
    {
        string? found = (SplitColumns.IsText(input), definition.Predicts.ClassNames) switch
        {
            (true, { IsEmpty: true }) => OfRanks(sample.SpearmanOfLevels(column), " between its levels' mean labels and the labels"),
            (true, _) => OfLevels(sample.LevelsOf(column)),
            (false, { IsEmpty: true }) => OfRanks(sample.SpearmanOf(column), " with the label"),
            (false, _) => OfAreas(Named(sample.AreasOf(column)), ""),
        };
        found ??= !input.Nullable ? null : definition.Predicts.ClassNames.IsEmpty
            ? OfRanks(sample.SpearmanOfGaps(column), " of its gaps with the label")
            : OfAreas(Named(sample.AreasOfGaps(column)), " by where it is missing");
        return found is null ? null : new ValidationFinding(FindingSeverity.Warning, "leakage", input.Name, found, Expected);
    }

    // Of two classes, one says what the other says.
    private IEnumerable<(string Class, double Area)> Named(IEnumerable<(int Class, double Area)> areas) => areas
        .Where(area => definition.Predicts.ClassNames.Length > 2 || area.Class > 0).Select(area => (definition.Predicts.ClassNames[area.Class], area.Area));

    private static string? OfAreas(IEnumerable<(string Class, double Area)> areas, string how)
    {
        (string name, double area) = areas.OrderByDescending(one => Math.Abs(one.Area - 0.5)).FirstOrDefault(("", 0.5));
        return area is > Bound or < 1 - Bound ? string.Create(CultureInfo.InvariantCulture, $"an AUC of {area:F3} for class '{name}'{how}") : null;
    }

    private static string? OfRanks(double? correlation, string how) => correlation is { } found && Math.Abs(found) > Bound
        ? string.Create(CultureInfo.InvariantCulture, $"a Spearman correlation of {found:F3}{how}")
        : null;

    private static string? OfLevels((double Decided, double Guessed)? levels) => levels is { } found && found.Decided > Bound && 1 - found.Decided < LevelErrorsLeft * (1 - found.Guessed)
        ? string.Create(CultureInfo.InvariantCulture, $"the class of {100 * found.Decided:F1}% of the rows by its levels ({100 * found.Guessed:F1}% are of the commonest class)")
        : null;
}
