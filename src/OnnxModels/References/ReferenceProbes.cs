using System.Collections.Immutable;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Rows to hold a compiled reference against, where there are none yet: every row of its tables, rows that every rule fits, every value of
/// <see cref="ProbeColumn"/> at least once, and generated mixtures. The same reference gives the same rows.
/// </summary>
public static class ReferenceProbes
{
    private const int MixtureCount = 2000;
    private const int RowsOfRule = 64;
    private const int Seed = 20240607;

    /// <summary>The rows, normalised.</summary>
    /// <exception cref="InvalidReferenceException">A column accepts none of the values that could be thought of.</exception>
    public static InputRows Of(FittedReference reference, InputSchema schema)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(schema);
        Random random = new(Seed);
        ImmutableArray<ProbeColumn> columns = [.. schema.Columns.Select(column => new ProbeColumn(column, schema.Columns.Length == 1, reference, random))];
        if (columns.FirstOrDefault(column => column.Values.IsEmpty) is { } barren)
        {
            throw new InvalidReferenceException($"no value could be found that column '{barren.Column.Name}' accepts; widen its 'minimum' and 'maximum'");
        }

        List<int[]> rows = [.. Known(reference, columns), .. reference.Rules.SelectMany(rule => Ruled(rule, schema, columns))];
        int longest = columns.Max(column => column.Values.Length);
        rows.AddRange(Enumerable.Range(0, longest).Select(row => Cycled(row, columns)));
        rows.AddRange(Enumerable.Range(0, MixtureCount).Select(_ => columns.Select(column => random.Next(column.Values.Length)).ToArray()));
        return new InputRows(schema, [.. columns.Select((column, place) => column.Of(rows.Select(row => row[place])))]);
    }

    private static IEnumerable<int[]> Known(FittedReference reference, ImmutableArray<ProbeColumn> columns)
    {
        ImmutableArray<AnswerTable> tables = reference.Lookup is null ? reference.Groups : [reference.Lookup, .. reference.Groups];
        foreach (AnswerTable table in tables)
        {
            int[] keyed = [.. table.Columns.Select(key => columns.IndexOf(columns.First(column => column.Column.Name == key.Name)))];
            Dictionary<(int, string), int?> places = [];
            foreach ((int index, TableRow row) in table.Rows.Index())
            {
                int[] picks = Cycled(index, columns);
                foreach ((int place, KeyColumn key) in table.Columns.Index())
                {
                    if (!places.TryGetValue((place, row.Values[place] ?? "\u0001"), out int? known))
                    {
                        known = columns[keyed[place]].PlaceOf(key, row.Values[place]);
                        places.Add((place, row.Values[place] ?? "\u0001"), known);
                    }

                    picks[keyed[place]] = known ?? picks[keyed[place]];
                }

                yield return picks;
            }
        }
    }

    private static IEnumerable<int[]> Ruled(ReferenceRule rule, InputSchema schema, ImmutableArray<ProbeColumn> columns)
    {
        (int Column, ImmutableArray<int> Fitting)[] asked =
        [
            .. rule.Conditions.GroupBy(condition => schema.IndexOf(condition.ColumnIn(schema)!.Name)).Select(group => (group.Key, columns[group.Key].Fitting([.. group]))),
        ];
        if (asked.Any(column => column.Fitting.IsEmpty))
        {
            yield break;
        }

        for (int row = 0; row < Math.Min(RowsOfRule, asked.Max(column => column.Fitting.Length)); row++)
        {
            int[] picks = Cycled(row, columns);
            foreach ((int column, ImmutableArray<int> fitting) in asked)
            {
                picks[column] = fitting[row % fitting.Length];
            }

            yield return picks;
        }
    }

    private static int[] Cycled(int row, ImmutableArray<ProbeColumn> columns) => [.. columns.Select((column, place) => (row + place) % column.Values.Length)];
}
