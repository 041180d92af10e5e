using System.Collections.Immutable;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.References;

/// <summary>Fits what groups of training rows say: one answer for each combination of the columns' values that was seen.</summary>
internal static class GroupFit
{
    /// <summary>The answers of one grouping.</summary>
    /// <exception cref="ArgumentException">A column is no input, or cannot be binned.</exception>
    public static AnswerTable Of(ImmutableArray<GroupColumn> columns, RowSet training, GroupStatistic statistic)
    {
        InputSchema schema = training.Inputs.Schema;
        if (columns.Select(column => column.ProblemIn(schema)).FirstOrDefault(problem => problem is not null) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        ImmutableArray<KeyColumn> keys = [.. columns.Select(column => new KeyColumn(column.Column) { Edges = EdgesOf(column, training.Inputs) })];
        Func<int, object>[] readers = [.. AnswerTable.ReadersOf(keys, training.Inputs)];
        KeyCodes codes = new();
        int[] ofRows = codes.Learn(training.Count, readers);
        float[][] answers = statistic.Of(ofRows, codes.Count);
        TableRow?[] rows = new TableRow?[answers.Length];
        for (int row = 0; row < ofRows.Length; row++)
        {
            rows[ofRows[row]] ??= new TableRow(
                [.. keys.Select((key, place) => key.TextOf(schema.Columns[schema.IndexOf(key.Name)], readers[place](row)))], [.. answers[ofRows[row]]]);
        }

        return new AnswerTable(keys, [.. rows.OfType<TableRow>()]);
    }

    /// <summary>The one answer for all rows.</summary>
    public static ImmutableArray<float> OfAll(RowSet training, GroupStatistic statistic) => [.. statistic.Of(new int[training.Count], 1)[0]];

    private static ImmutableArray<float> EdgesOf(GroupColumn column, InputRows inputs) => column.Binned switch
    {
        null => [],
        { Bins: { } bins } => EqualMass(inputs.Columns[inputs.Schema.IndexOf(column.Column)], bins),
        { Edges: var edges } => [.. edges.Select(edge => (float)edge)],
    };

    // A value that fills several bins ends one, and so there may be fewer bins than were asked for; one edge is always there.
    private static ImmutableArray<float> EqualMass(InputValues values, int bins)
    {
        float[] sorted = values switch
        {
            InputValues.Numbers numbers => [.. numbers.Values.Where(number => !float.IsNaN(number))],
            InputValues.Integers integers => [.. integers.Values.Where((_, row) => !integers.IsMissing(row)).Select(number => (float)number)],
            _ => [],
        };
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return [0];
        }

        IEnumerable<float> edges = Enumerable.Range(1, bins - 1).Select(bin => sorted[(int)((((long)bin * sorted.Length) + bins - 1) / bins) - 1]);
        float[] inner = [.. edges.Distinct().Where(edge => edge < sorted[^1])];
        return inner is [] ? [sorted[^1]] : [.. inner];
    }
}
