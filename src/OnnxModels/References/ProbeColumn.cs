using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Values of one column to hold a reference against: what its tables know and its rules ask for, near misses of both, the extremes, none
/// where one may be missing, and generated ones. Only what the column accepts, normalised.
/// </summary>
internal sealed class ProbeColumn
{
    private const int GeneratedCount = 300;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-.";

    private readonly Dictionary<object, int> places = [];

    public ProbeColumn(InputColumn column, bool isOnly, FittedReference reference, Random random)
    {
        Column = column;
        ImmutableArray<ColumnCondition> asked = [.. reference.Rules.SelectMany(rule => rule.Conditions).Where(condition => condition.Column is null || condition.Column == column.Name)];
        IEnumerable<AnswerTable> tables = reference.Lookup is null ? reference.Groups : [reference.Lookup, .. reference.Groups];
        (KeyColumn Key, string? Text)[] keys = [.. tables.SelectMany(table => table.Columns.Index().Where(key => key.Item.Name == column.Name).SelectMany(key => table.Rows.Select(row => (key.Item, row.Values[key.Index]))))];
        object?[] candidates = column.Type switch
        {
            InputType.Number => [.. Numbers(asked, keys, random).Select(number => (object)(float)number)],
            InputType.Integer => [.. Numbers(asked, keys, random).Where(number => Math.Abs(number) < long.MaxValue).Select(number => (object)(long)number), .. Wholes(asked, keys)],
            InputType.Boolean => [0L, 1L],
            InputType.Timestamp => [0L, -1L, 1L, 1_718_000_000_123_456, .. Wholes(asked, keys)],
            _ => [.. Texts(asked, keys, random)],
        };
        Values = Accepted(column.Nullable ? [null, .. candidates] : candidates, isOnly);
        foreach ((int place, object? value) in Values.Index())
        {
            places.TryAdd(value ?? DBNull.Value, place);
        }
    }

    /// <summary>The column.</summary>
    public InputColumn Column { get; }

    /// <summary>The values; null is a missing one.</summary>
    public ImmutableArray<object?> Values { get; }

    /// <summary>Position of a value that a table knows; null where the column does not accept any.</summary>
    public int? PlaceOf(KeyColumn key, string? text)
    {
        object wanted = key.Parse(Column, text);
        if (key.Edges.IsEmpty || wanted is DBNull)
        {
            return places.TryGetValue(wanted, out int place) ? place : null;
        }

        InputValues all = Of([.. Enumerable.Range(0, Values.Length)]);
        return Enumerable.Range(0, Values.Length).Where(place => key.ValueOf(Column, all, place).Equals(wanted)).Select(place => (int?)place).FirstOrDefault();
    }

    /// <summary>Positions of the values that fit all conditions on the column.</summary>
    public ImmutableArray<int> Fitting(IReadOnlyCollection<ColumnCondition> conditions)
    {
        InputValues all = Of([.. Enumerable.Range(0, Values.Length)]);
        return [.. Enumerable.Range(0, Values.Length).Where(place => conditions.All(condition => condition.Fits(Column, all, place)))];
    }

    /// <summary>A column of values, by their positions.</summary>
    public InputValues Of(IEnumerable<int> picked) => Of([.. picked.Select(place => Values[place])]);

    private InputValues Of(ImmutableArray<object?> values) => Column.Type switch
    {
        InputType.Number => new InputValues.Numbers([.. values.Select(value => value is float number ? number : float.NaN)]),
        InputType.Integer or InputType.Boolean or InputType.Timestamp => new InputValues.Integers(
            [.. values.Select(value => value is long number ? number : 0)], values.Contains(null) ? [.. values.Select(value => value is not null)] : []),
        _ => new InputValues.Texts([.. values.Select(value => (string?)value)]),
    };

    private ImmutableArray<object?> Accepted(object?[] candidates, bool isOnly)
    {
        object?[] distinct = [.. candidates.Distinct()];
        if (Column.Type is InputType.Text or InputType.HostName or InputType.Category)
        {
            InputRules rules = InputRules.For(Column);
            return
            [
                .. distinct.Select(text => text is null ? null : rules.Check((string)text)).Zip(distinct)
                    .Where(pair => pair.Second is null || pair.First is InputCheck.Accepted)
                    .Select(pair => (object?)(pair.First as InputCheck.Accepted)?.Text).Distinct(),
            ];
        }

        ColumnRules column = new(Column, isOnly);
        InputValues all = Of([.. distinct]);
        return [.. Enumerable.Range(0, distinct.Length).Where(row => column.Fault(all, row) is null).Select(row => distinct[row])];
    }

    // Each bound itself, the numbers of 32 bits beside it, and what lies further away; then the extremes.
    private IEnumerable<double> Numbers(ImmutableArray<ColumnCondition> asked, (KeyColumn Key, string? Text)[] keys, Random random)
    {
        IEnumerable<double> levels = keys.Where(key => key.Key.Edges.IsEmpty && key.Text is not null).Select(key => double.Parse(key.Text!, CultureInfo.InvariantCulture));
        double[] bounds =
        [
            .. asked.SelectMany(condition => new[] { condition.Above, condition.AtMost, (condition.Above + condition.AtMost) / 2 }).OfType<double>(),
            .. keys.Select(key => key.Key).Distinct().SelectMany(key => key.Edges).Select(edge => (double)edge),
            .. levels, .. new[] { Column.Minimum, Column.Maximum }.OfType<double>(), 0,
        ];
        foreach (double bound in bounds.Distinct())
        {
            float at = (float)bound;
            foreach (double near in (double[])[at, MathF.BitIncrement(at), MathF.BitDecrement(at), bound - 1, bound + 1])
            {
                yield return near;
            }
        }

        foreach (double extreme in (double[])[float.MinValue, float.MaxValue, float.Epsilon, -float.Epsilon, 16_777_217, -9e18, 9e18, 1e9, -1e9])
        {
            yield return extreme;
        }

        double low = Column.Minimum ?? bounds.Min() - 1000;
        double high = Column.Maximum ?? bounds.Max() + 1000;
        for (int i = 0; i < GeneratedCount; i++)
        {
            yield return low + (random.NextDouble() * (high - low));
        }
    }

    private IEnumerable<object> Wholes(ImmutableArray<ColumnCondition> asked, (KeyColumn Key, string? Text)[] keys)
    {
        IEnumerable<long> known = keys.Where(key => key.Key.Edges.IsEmpty && key.Text is not null).Select(key => (long)key.Key.Parse(Column, key.Text))
            .Concat(asked.Select(condition => condition.Is is { } whole ? ColumnCondition.WholeOf(Column, whole) : null).OfType<long>());
        return known.Distinct().SelectMany(number => (long[])[number, number - 1, number + 1]).Concat([long.MinValue, long.MaxValue]).Select(number => (object)number);
    }

    private static IEnumerable<string> Texts(ImmutableArray<ColumnCondition> asked, (KeyColumn Key, string? Text)[] keys, Random random)
    {
        foreach (string known in keys.Select(key => key.Text).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return known;
            yield return $"x{known}";
            yield return $"{known}x";
        }

        string[] literals = [.. asked.Select(condition => condition.Text).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string literal in literals.Concat(Together(asked)))
        {
            foreach (string probe in Around(literal))
            {
                yield return probe;
            }
        }

        for (int i = 0; i < GeneratedCount * 5; i++)
        {
            string middle = literals.Length > 0 && random.Next(2) == 0 ? literals[random.Next(literals.Length)] : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{Some(random)}{middle}{Some(random)}.example");
        }
    }

    // Texts that begin, go on and end as several conditions ask.
    private static IEnumerable<string> Together(ImmutableArray<ColumnCondition> asked)
    {
        string?[] starts = [null, .. asked.Select(condition => condition.StartsWith).OfType<string>()];
        string?[] parts = [null, .. asked.Select(condition => condition.Contains).OfType<string>()];
        string?[] ends = [null, .. asked.Select(condition => condition.EndsWith).OfType<string>()];
        return starts.Length * parts.Length * ends.Length > 10_000
            ? []
            : starts.SelectMany(start => parts.SelectMany(part => ends.Select(end => start + part + end))).Where(text => text.Length > 0);
    }

    private static string[] Around(string literal) =>
    [
        literal, $"a{literal}", $"{literal}a", $"a{literal}a", $"a.{literal}", $"{literal}.example", $"a{literal}.example",
        $"{literal}a.example", $"a{literal}a.example", $"{literal[..^1]}.example", $"a.{literal[1..]}", literal.ToUpperInvariant(),
    ];

    private static string Some(Random random) =>
        string.Create(random.Next(1, 12), random, static (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[source.Next(Alphabet.Length)];
            }
        });
}
