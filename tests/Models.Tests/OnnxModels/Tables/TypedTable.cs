using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Models.Tests.OnnxModels.Tables;

/// <summary>
/// An invented table with a column of every type, from a seeded generator: missing values, levels that only some tables have, and values at
/// the ends of what a type can hold. Some columns are called as parts of a graph might be.
/// </summary>
internal static class TypedTable
{
    public static readonly long EarliestTime = Microseconds(DateTime.MinValue);
    public static readonly long LatestTime = Microseconds(DateTime.MaxValue);

    private static readonly string[] Notes = ["red fox", "Red Fox", "ÄÖ ü", "😀😀 ok", "x", "a.b-C_9", "日本語 テキスト"];
    private static readonly string[] Hosts = ["a.com", "shop.example.com", "news.co.uk", "xn--mnchen-3ya.de", "b1-2.net"];
    private static readonly string[] Brands = ["Alpha", "alpha", "Beta", "", "Gamma/1"];
    private static readonly long[] Times =
    [
        EarliestTime, LatestTime, -1, 0, 1, Microseconds(new DateTime(1969, 12, 31, 23, 59, 59)), Microseconds(new DateTime(1900, 2, 28)), Microseconds(new DateTime(1900, 3, 1)),
        Microseconds(new DateTime(2000, 2, 29, 12, 0, 0)), Microseconds(new DateTime(2024, 2, 29)), Microseconds(new DateTime(2023, 12, 31, 23, 0, 0)), Microseconds(new DateTime(1600, 12, 31)),
    ];

    public static InputSchema Schema(bool nullable) => new(
    [
        .. new (string Name, InputType Type)[]
        {
            ("note", InputType.Text), ("host", InputType.HostName), ("classes", InputType.Category), ("score", InputType.Number),
            ("bias", InputType.Integer), ("flag", InputType.Boolean), ("at", InputType.Timestamp),
        }.Select(column => new InputColumn { Name = column.Name, Type = column.Type, Nullable = nullable }),
    ]);

    /// <summary>Rows; with <paramref name="strange"/>, some have levels and numbers that no other table has.</summary>
    public static InputRows Inputs(int rows, int seed, bool nullable, bool strange = false)
    {
        Random random = new(seed);
        string[] notes = strange ? [.. Notes, "never seen", new string('y', 250)] : Notes;
        string[] hosts = strange ? [.. Hosts, "never.seen.museum"] : Hosts;
        string[] brands = strange ? [.. Brands, "Never", "ALPHA"] : Brands;
        float[] numbers = strange ? [float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon] : [0, -0f, 1e30f, -1e20f];
        long[] integers = strange ? [long.MinValue, 77] : [long.MaxValue, 4];
        return new InputRows(Schema(nullable),
        [
            Texts(() => notes[random.Next(notes.Length)]),
            Texts(() => hosts[random.Next(hosts.Length)]),
            Texts(() => brands[random.Next(brands.Length)]),
            new InputValues.Numbers([.. Enumerable.Range(0, rows).Select(_ => IsMissing() ? float.NaN : IsRare() ? numbers[random.Next(numbers.Length)] : (float)((random.NextDouble() * 20) - 10))]),
            Integers(() => IsRare() ? integers[random.Next(integers.Length)] : random.Next(-2, 4)),
            Integers(() => random.Next(2)),
            Integers(() => IsRare() ? Times[random.Next(Times.Length)] : random.NextInt64(Microseconds(new DateTime(1930, 1, 1)), Microseconds(new DateTime(2070, 1, 1)))),
        ]);

        bool IsMissing() => nullable && random.Next(7) == 0;
        bool IsRare() => random.Next(8) == 0;
        InputValues.Texts Texts(Func<string> next) => new([.. Enumerable.Range(0, rows).Select(_ => IsMissing() ? null : next())]);
        InputValues.Integers Integers(Func<long> next)
        {
            bool[] present = [.. Enumerable.Range(0, rows).Select(_ => !IsMissing())];
            return new InputValues.Integers([.. present.Select(isThere => isThere ? next() : 0)], nullable ? [.. present] : []);
        }
    }

    /// <summary>Rows with labels that follow most of the columns, keys, weights, and clusters of three.</summary>
    public static RowSet Rows(InputRows inputs, Target target, int seed)
    {
        Random random = new(seed);
        double[] signals = [.. Enumerable.Range(0, inputs.Count).Select(row => Signal(inputs, row) + random.NextDouble() - 0.5)];
        return new RowSet
        {
            Inputs = inputs,
            Labels = [.. signals.Select(signal => target.ClassNames.Length == 0 ? signal : (double)Math.Clamp((int)Math.Floor((signal + 2) / 5 * target.ClassNames.Length), 0, target.ClassNames.Length - 1))],
            Keys = [.. Enumerable.Range(0, inputs.Count).Select(row => $"row {row}")],
            Weights = [.. Enumerable.Range(0, inputs.Count).Select(row => 0.5 + (row % 3))],
            Clusters = [.. Enumerable.Range(0, inputs.Count).Select(row => row / 3)],
        };
    }

    /// <summary>Rows with numbers for labels that follow nothing.</summary>
    public static RowSet Labelled(InputRows inputs, int seed)
    {
        Random random = new(seed);
        return new RowSet { Inputs = inputs, Labels = [.. Enumerable.Range(0, inputs.Count).Select(_ => random.NextDouble())], Keys = [.. Enumerable.Range(0, inputs.Count).Select(row => $"row {row}")] };
    }

    private static double Signal(InputRows inputs, int row)
    {
        string? brand = ((InputValues.Texts)inputs.Columns[2]).Values[row];
        float number = ((InputValues.Numbers)inputs.Columns[3]).Values[row];
        double flag = inputs.Columns[5].IsMissing(row) ? 0.5 : ((InputValues.Integers)inputs.Columns[5]).Values[row];
        return (brand is null ? -1 : Math.Max(Array.IndexOf(Brands, brand), 0) / 2.0) + (float.IsNaN(number) ? -1 : Math.Clamp(number / 5, -2, 2)) + flag;
    }

    private static long Microseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
