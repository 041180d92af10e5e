using System.Collections.Immutable;
using Lifecycle.Domain.Rows;

namespace Lifecycle.Evaluation.References;

/// <summary>Numbers the combinations of some columns' values in order of first appearance; a missing value is a value like others.</summary>
internal sealed class GroupCodes
{
    private readonly List<Dictionary<object, int>> values = [];
    private readonly List<Dictionary<(int Before, int Value), int>> combinations = [];

    /// <summary>Number of combinations.</summary>
    public int Count => combinations is [.., var last] ? last.Count : 1;

    /// <summary>Numbers the combinations of these rows.</summary>
    public int[] Learn(ImmutableArray<string> columns, InputRows inputs, int rowCount)
    {
        int[] codes = new int[rowCount];
        foreach (string column in columns)
        {
            Dictionary<object, int> known = [];
            Dictionary<(int, int), int> combined = [];
            InputValues read = Column(inputs, column);
            for (int row = 0; row < rowCount; row++)
            {
                codes[row] = NumberOf(combined, (codes[row], NumberOf(known, ValueOf(read, row))));
            }

            values.Add(known);
            combinations.Add(combined);
        }

        return codes;
    }

    /// <summary>The numbers of rows; -1 where a combination was not learnt.</summary>
    public int[] Find(ImmutableArray<string> columns, InputRows inputs, int rowCount)
    {
        int[] codes = new int[rowCount];
        foreach ((int place, string column) in columns.Index())
        {
            InputValues read = Column(inputs, column);
            for (int row = 0; row < rowCount; row++)
            {
                int value = values[place].GetValueOrDefault(ValueOf(read, row), -1);
                codes[row] = combinations[place].GetValueOrDefault((codes[row], value), -1);
            }
        }

        return codes;
    }

    private static int NumberOf<TKey>(Dictionary<TKey, int> numbers, TKey key)
        where TKey : notnull
    {
        if (!numbers.TryGetValue(key, out int number))
        {
            number = numbers.Count;
            numbers.Add(key, number);
        }

        return number;
    }

    private static object ValueOf(InputValues column, int row) => column switch
    {
        _ when column.IsMissing(row) => DBNull.Value,
        InputValues.Texts texts => texts.Values[row]!,
        InputValues.Integers integers => integers.Values[row],
        InputValues.Numbers numbers => numbers.Values[row],
        _ => throw new InvalidOperationException($"a column of {column.GetType().Name} cannot be grouped by"),
    };

    private static InputValues Column(InputRows inputs, string name) => inputs.Schema.IndexOf(name) is var place and >= 0
        ? inputs.Columns[place]
        : throw new ArgumentException($"'reference.groups' names column '{name}', which is no input of the model; its inputs are {string.Join(", ", inputs.Schema.Columns.Select(column => column.Name))}");
}
