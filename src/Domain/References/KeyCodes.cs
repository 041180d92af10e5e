using System.Runtime.InteropServices;

namespace Lifecycle.Domain.References;

/// <summary>Numbers the combinations of some columns' values in order of first appearance.</summary>
public sealed class KeyCodes
{
    private readonly List<Dictionary<object, int>> values = [];
    private readonly List<Dictionary<(int Before, int Value), int>> combinations = [];

    /// <summary>Number of combinations.</summary>
    public int Count => combinations is [.., var last] ? last.Count : 1;

    /// <summary>Numbers the combinations of these rows.</summary>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="columns">Value of a row in each column.</param>
    public int[] Learn(int rowCount, IEnumerable<Func<int, object>> columns)
    {
        int[] codes = new int[rowCount];
        foreach (Func<int, object> valueOf in columns)
        {
            Dictionary<object, int> known = [];
            Dictionary<(int, int), int> combined = [];
            for (int row = 0; row < rowCount; row++)
            {
                codes[row] = NumberOf(combined, (codes[row], NumberOf(known, valueOf(row))));
            }

            values.Add(known);
            combinations.Add(combined);
        }

        return codes;
    }

    /// <summary>The numbers of rows; -1 where a combination was not learnt.</summary>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="columns">Value of a row in each column.</param>
    public int[] Find(int rowCount, IEnumerable<Func<int, object>> columns)
    {
        int[] codes = new int[rowCount];
        foreach ((int place, Func<int, object> valueOf) in columns.Index())
        {
            for (int row = 0; row < rowCount; row++)
            {
                int value = values[place].GetValueOrDefault(valueOf(row), -1);
                codes[row] = combinations[place].GetValueOrDefault((codes[row], value), -1);
            }
        }

        return codes;
    }

    private static int NumberOf<TKey>(Dictionary<TKey, int> numbers, TKey key)
        where TKey : notnull
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out bool known);
        return known ? number : number = numbers.Count - 1;
    }
}
