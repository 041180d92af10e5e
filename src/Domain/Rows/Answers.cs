using System.Collections.Immutable;

namespace Lifecycle.Domain.Rows;

/// <summary>A model's answers, row after row: one number each, or the probability of each class.</summary>
/// <param name="Width">Numbers in one answer.</param>
/// <param name="Values">The numbers, <see cref="Width"/> for each row.</param>
public sealed record Answers(int Width, ImmutableArray<float> Values)
{
    /// <summary>Number of rows.</summary>
    public int Count => Values.Length / Width;

    /// <summary>The answer for a row.</summary>
    public ReadOnlySpan<float> Of(int row) => Values.AsSpan(row * Width, Width);

    /// <summary>Some of the rows, in the order that is asked for.</summary>
    public Answers Take(ReadOnlySpan<int> rows)
    {
        ImmutableArray<float>.Builder taken = ImmutableArray.CreateBuilder<float>(rows.Length * Width);
        foreach (int row in rows)
        {
            taken.AddRange(Of(row));
        }

        return new Answers(Width, taken.MoveToImmutable());
    }

    /// <summary>The probability that an answer gives to a class, whether it is one number or one for each.</summary>
    public static double ProbabilityOf(ReadOnlySpan<float> answer, int position) =>
        answer.Length > 1 ? answer[position] : position == 1 ? answer[0] : 1 - (double)answer[0];
}
