using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Labels;

/// <summary>
/// What a target asks of its labels, here and nowhere else in this room. It goes by what a target's labels are, classes or numbers, and by
/// the form of its answer, never by its kind: a new kind of target brings its own of both.
/// </summary>
/// <param name="target">The target.</param>
internal abstract class LabelRules(Target target)
{
    private const string Rows = ContractCheck.Rows;

    /// <summary>The target.</summary>
    protected Target Target { get; } = target;

    /// <summary>SQL name of the label's column.</summary>
    protected string Column { get; } = Sql.Name(target.Label);

    /// <summary>What labels have to be, for messages.</summary>
    public abstract string Noun { get; }

    /// <summary>Name of the labels' figure where a model is watched.</summary>
    public abstract string FigureName { get; }

    /// <summary>The rules of a target.</summary>
    public static LabelRules Of(Target target) => target.ClassNames.IsEmpty ? new NumberLabels(target) : new ClassLabels(target);

    /// <summary>SQL of that figure over the column <c>label</c> of a split.</summary>
    public virtual string FigureExpression => SplitColumns.Label;

    /// <summary>Whether a column of a type in the database can hold labels.</summary>
    public abstract bool Fits(string databaseType);

    /// <summary>SQL of a column's labels as the target numbers them; null where one is none.</summary>
    /// <param name="column">SQL name of the column: the label's own, or one with labels known before.</param>
    public abstract string Numbered(string column);

    /// <summary>The rules about the rows of a DataSnapshot.</summary>
    public abstract IEnumerable<ContractCheck> Checks(DataContract contract);

    /// <summary>Counts the labels of a relation that holds them as numbers in a column <c>label</c>.</summary>
    public abstract LabelSummary Count(DuckSession session, string relation);

    /// <summary>What a side of the split lacks; null where nothing.</summary>
    /// <param name="labels">Its labels.</param>
    /// <param name="isHoldout">Whether it is the Holdout, of which less is asked.</param>
    public abstract string? Defect(LabelSummary labels, bool isHoldout);

    /// <summary>A rule about all rows together.</summary>
    /// <param name="rule">Name of the rule.</param>
    /// <param name="subject">Column, or <c>rows</c>.</param>
    /// <param name="expected">What the rule asks for.</param>
    /// <param name="broken">Boolean aggregate of a breach.</param>
    /// <param name="found">Aggregate of the text that says what was found.</param>
    protected static ContractCheck Together(string rule, string subject, string expected, string broken, string found) =>
        new(FindingSeverity.Error, rule, subject, expected, $"SELECT {found} FROM {Rows} LIMIT 1") { Broken = broken };

    /// <summary>A rule about the share of some rows.</summary>
    /// <param name="rule">Name of the rule.</param>
    /// <param name="subject">Column, or <c>rows</c>.</param>
    /// <param name="noun">Begins what is expected.</param>
    /// <param name="condition">SQL condition of the rows.</param>
    /// <param name="minimum">Lowest share.</param>
    /// <param name="maximum">Highest share.</param>
    protected static ContractCheck Share(string rule, string subject, string noun, string condition, double minimum, double maximum)
    {
        string share = $"count(*) FILTER ({condition}) / count(*)";
        return Together(
            rule, subject, $"{noun}from {Text(minimum)} to {Text(maximum)}",
            $"count(*) > 0 AND {share} NOT BETWEEN {Sql.Number(minimum)} AND {Sql.Number(maximum)}", $"round({share}, 6)::VARCHAR");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
