using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Rows;

/// <summary>Gathers the values of one column, row by row, in the memory that they stay in.</summary>
/// <param name="Sql">What is selected.</param>
internal abstract record RowColumn(string Sql)
{
    /// <summary>Takes a row's value.</summary>
    public abstract void Read(DbDataReader from, int column, int row);
}

/// <summary>Gathers an input.</summary>
internal abstract record InputValueColumn(string Sql) : RowColumn(Sql)
{
    /// <summary>The values gathered.</summary>
    public abstract InputValues Values { get; }

    /// <summary>The column of a type.</summary>
    public static InputValueColumn Of(InputType type, string name, int rows) => type switch
    {
        InputType.Number => new NumberInputs($"{name}::FLOAT", rows),
        InputType.Integer => new IntegerInputs($"{name}::BIGINT", rows),
        InputType.Boolean => new IntegerInputs($"{name}::BOOLEAN::BIGINT", rows),
        InputType.Timestamp => new IntegerInputs($"epoch_us({name})", rows),
        _ => new TextInputs($"{name}::VARCHAR", rows),
    };
}

/// <summary>Numbers; a missing one is NaN.</summary>
internal sealed record NumberInputs(string Sql, int Rows) : InputValueColumn(Sql)
{
    private readonly float[] values = new float[Rows];

    /// <inheritdoc/>
    public override InputValues Values => new InputValues.Numbers(ImmutableCollectionsMarshal.AsImmutableArray(values));

    /// <inheritdoc/>
    public override void Read(DbDataReader from, int column, int row) => values[row] = from.IsDBNull(column) ? float.NaN : from.GetFloat(column);
}

/// <summary>Whole numbers, and which of them are there once one is not.</summary>
internal sealed record IntegerInputs(string Sql, int Rows) : InputValueColumn(Sql)
{
    private readonly long[] values = new long[Rows];
    private bool[]? present;

    /// <inheritdoc/>
    public override InputValues Values => new InputValues.Integers(
        ImmutableCollectionsMarshal.AsImmutableArray(values), present is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(present));

    /// <inheritdoc/>
    public override void Read(DbDataReader from, int column, int row)
    {
        if (!from.IsDBNull(column))
        {
            values[row] = from.GetInt64(column);
            return;
        }

        if (present is null)
        {
            present = new bool[Rows];
            Array.Fill(present, true);
        }

        present[row] = false;
    }
}

/// <summary>Texts. Those that come again are kept once, so that millions of rows of a category cost a reference each.</summary>
internal sealed record TextInputs(string Sql, int Rows) : InputValueColumn(Sql)
{
    private const int MostShared = 1 << 16;

    private readonly string?[] values = new string?[Rows];
    private readonly Dictionary<string, string> shared = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override InputValues Values => new InputValues.Texts(ImmutableCollectionsMarshal.AsImmutableArray(values));

    /// <inheritdoc/>
    public override void Read(DbDataReader from, int column, int row)
    {
        if (from.IsDBNull(column))
        {
            return;
        }

        string text = from.GetString(column);
        if (shared.TryGetValue(text, out string? known))
        {
            text = known;
        }
        else if (shared.Count < MostShared)
        {
            shared.Add(text, text);
        }

        values[row] = text;
    }
}

/// <summary>Values that are read as they are.</summary>
internal sealed record PlainColumn<T>(string Sql, int Rows, Func<DbDataReader, int, T> Get) : RowColumn(Sql)
{
    private readonly T[] values = new T[Rows];

    /// <summary>The values gathered.</summary>
    public ImmutableArray<T> Values => ImmutableCollectionsMarshal.AsImmutableArray(values);

    /// <inheritdoc/>
    public override void Read(DbDataReader from, int column, int row) => values[row] = Get(from, column);
}

/// <summary>Texts by their number, in order of first appearance.</summary>
internal sealed record NumberedColumn(string Sql, int Rows) : RowColumn(Sql)
{
    private readonly int[] values = new int[Rows];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>The numbers.</summary>
    public ImmutableArray<int> Values => ImmutableCollectionsMarshal.AsImmutableArray(values);

    /// <inheritdoc/>
    public override void Read(DbDataReader from, int column, int row)
    {
        string text = from.GetString(column);
        if (!numbers.TryGetValue(text, out int number))
        {
            number = numbers.Count;
            numbers.Add(text, number);
        }

        values[row] = number;
    }
}
