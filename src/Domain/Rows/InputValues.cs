using System.Collections.Immutable;

namespace Lifecycle.Domain.Rows;

/// <summary>The values of one column, row by row.</summary>
public abstract record InputValues
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The rows of a range.</summary>
    public abstract InputValues Slice(Range rows);

    /// <summary>Some of the rows, in the order that is asked for.</summary>
    public abstract InputValues Take(ReadOnlySpan<int> rows);

    /// <summary>Floating-point numbers; NaN is a missing one.</summary>
    public sealed record Numbers(ImmutableArray<float> Values) : InputValues
    {
        /// <inheritdoc/>
        public override int Count => Values.Length;

        /// <inheritdoc/>
        public override bool IsMissing(int row) => float.IsNaN(Values[row]);

        /// <inheritdoc/>
        public override InputValues Slice(Range rows) => new Numbers(Values[rows]);

        /// <inheritdoc/>
        public override InputValues Take(ReadOnlySpan<int> rows) => new Numbers(Pick(Values, rows));
    }

    /// <summary>Whole numbers, truths as 0 and 1, and points in time as microseconds since 1970.</summary>
    /// <param name="Values">The values; 0 where one is missing.</param>
    /// <param name="Present">Whether a row has a value; empty where all have.</param>
    public sealed record Integers(ImmutableArray<long> Values, ImmutableArray<bool> Present) : InputValues
    {
        /// <inheritdoc/>
        public override int Count => Values.Length;

        /// <inheritdoc/>
        public override bool IsMissing(int row) => !Present.IsEmpty && !Present[row];

        /// <inheritdoc/>
        public override InputValues Slice(Range rows) => new Integers(Values[rows], Present.IsEmpty ? [] : Present[rows]);

        /// <inheritdoc/>
        public override InputValues Take(ReadOnlySpan<int> rows) => new Integers(Pick(Values, rows), Present.IsEmpty ? [] : Pick(Present, rows));
    }

    /// <summary>Texts; null is a missing one.</summary>
    public sealed record Texts(ImmutableArray<string?> Values) : InputValues
    {
        /// <inheritdoc/>
        public override int Count => Values.Length;

        /// <inheritdoc/>
        public override bool IsMissing(int row) => Values[row] is null;

        /// <inheritdoc/>
        public override InputValues Slice(Range rows) => new Texts(Values[rows]);

        /// <inheritdoc/>
        public override InputValues Take(ReadOnlySpan<int> rows) => new Texts(Pick(Values, rows));
    }

    private static ImmutableArray<T> Pick<T>(ImmutableArray<T> values, ReadOnlySpan<int> rows)
    {
        ImmutableArray<T>.Builder taken = ImmutableArray.CreateBuilder<T>(rows.Length);
        foreach (int row in rows)
        {
            taken.Add(values[row]);
        }

        return taken.MoveToImmutable();
    }
}
