using System.Collections.Immutable;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Writes the parts of a reference: each takes the answers of what comes after it, float [1 or N, width], and puts its own where it has one.
/// Names begin with a slash, as no column's name does.
/// </summary>
internal sealed class ReferenceNodes(GraphWriter writer, InputSchema schema, Target target)
{
    private readonly FeaturizerGraph columns = new(writer, schema);

    /// <summary>An answer that is the same for every row.</summary>
    public string Constant(string step, ImmutableArray<float> answer) => writer.Constant(Tensors.Floats(Name(step), answer.AsSpan(), 1, target.Width));

    /// <summary>The answers of a table, and of what comes after it where the table has none.</summary>
    public string Table(string step, AnswerTable table, string after)
    {
        string place = new TablePlaces(writer, columns, schema, Name(step)).Of(table);
        string none = Node("Less", $"{step}/none", place, writer.Constant(Tensors.Integers(Name($"{step}/zero"), [0], 1)));
        string flat = Node("Reshape", $"{step}/flat", place, writer.Constant(Tensors.Integers(Name($"{step}/rows"), [-1], 1)));
        string safe = Node("Max", $"{step}/row", flat, Name($"{step}/zero"));
        string answers = writer.Constant(Tensors.Floats(Name($"{step}/answers"), table.Rows.SelectMany(row => row.Answer).ToArray(), table.Rows.Length, target.Width));
        string found = writer.Node(OperatorDomains.Standard, "Gather", Name($"{step}/found"), [answers, safe], Attributes.Integer("axis", 0));
        return Node("Where", step, none, after, found);
    }

    /// <summary>The answer of a rule where it fits, and of what comes after it where it does not.</summary>
    public string Rule(string step, ReferenceRule rule, string after)
    {
        string? fits = null;
        foreach ((int index, ColumnCondition condition) in rule.Conditions.Index())
        {
            string one = Fits(FormattableString.Invariant($"{step}/fits_{index}"), condition);
            fits = fits is null ? one : Node("And", FormattableString.Invariant($"{step}/fits_to_{index}"), fits, one);
        }

        return Node("Where", step, fits!, Constant($"{step}/answer", rule.Answer.For(target)), after);
    }

    private string Fits(string step, ColumnCondition condition)
    {
        ColumnNodes column = columns[condition.ColumnIn(schema)!];
        if (condition.Missing is { } missing)
        {
            string absent = column.Present is { } flag ? Node("Not", $"{step}/missing", flag) : Node("IsNaN", $"{step}/missing", column.Numbers);
            return missing ? absent : Node("Not", $"{step}/there", absent);
        }

        string fits = condition.Text is null ? Compare(step, condition, column)
            : condition.Is is { } asked && ColumnCondition.WholeOf(column.Column, asked) is { } whole
                ? Node("Equal", $"{step}/equal", column.Levels, writer.Constant(Tensors.Integers(Name($"{step}/whole"), [whole], 1)))
            : writer.Node(OperatorDomains.Standard, "RegexFullMatch", Name($"{step}/match"), [column.Levels], Attributes.Text("pattern", TextPattern.Of(condition)));
        return column.Present is { } present ? Node("And", $"{step}/present", fits, present) : fits;
    }

    // Comparisons with NaN are false, and so a missing number fits neither.
    private string Compare(string step, ColumnCondition condition, ColumnNodes column)
    {
        string? above = condition.Above is { } low ? Node("Greater", $"{step}/above", column.Numbers, Float($"{step}/low", low)) : null;
        string? most = condition.AtMost is { } high ? Node("LessOrEqual", $"{step}/at_most", column.Numbers, Float($"{step}/high", high)) : null;
        return above is null ? most! : most is null ? above : Node("And", $"{step}/between", above, most);
    }

    private string Float(string step, double value) => writer.Constant(Tensors.Floats(Name(step), [(float)value], 1));

    private string Node(string operation, string step, params string[] inputs) => writer.Node(OperatorDomains.Standard, operation, Name(step), inputs);

    private static string Name(string step) => $"/reference/{step}";
}
