using System.Collections.Immutable;
using Lifecycle.Domain.Rows;

namespace Lifecycle.Evaluation.References;

/// <summary>Answers of one grouping: one for each combination of its columns' values that was seen in training.</summary>
internal sealed class GroupAnswers
{
    private readonly ImmutableArray<string> columns;
    private readonly GroupCodes codes;
    private readonly float[][] answers;

    private GroupAnswers(ImmutableArray<string> columns, GroupCodes codes, float[][] answers) => (this.columns, this.codes, this.answers) = (columns, codes, answers);

    /// <summary>The columns in words.</summary>
    public string Name => columns.IsEmpty ? "all" : string.Join(" and ", columns);

    /// <summary>One answer for every row.</summary>
    public static GroupAnswers Constant(float[] answer) => new([], new GroupCodes(), [answer]);

    /// <summary>Fits the answers.</summary>
    public static GroupAnswers Fit(ImmutableArray<string> columns, RowSet training, GroupStatistic statistic)
    {
        GroupCodes codes = new();
        int[] ofRows = codes.Learn(columns, training.Inputs, training.Count);
        return new GroupAnswers(columns, codes, statistic.Of(ofRows, codes.Count));
    }

    /// <summary>Number of each row's group; -1 where it was not seen.</summary>
    public int[] CodesOf(InputRows inputs, int rowCount) => codes.Find(columns, inputs, rowCount);

    /// <summary>Writes a group's answer; false where it was not seen.</summary>
    public bool TryAnswer(int code, Span<float> answer)
    {
        if (code < 0)
        {
            return false;
        }

        answers[code].CopyTo(answer);
        return true;
    }
}
