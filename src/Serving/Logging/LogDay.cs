using Lifecycle.Data.Predictions;

namespace Lifecycle.Serving.Logging;

/// <summary>One day of a model's log, as it is known now.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="RowCount">Requests.</param>
/// <param name="RefusedCount">Of these, inputs that the model refused.</param>
/// <param name="LabelledCount">Of these, with a label.</param>
/// <param name="LateCount">Of these, known only after the day had ended.</param>
/// <param name="RepeatedCount">Rows that repeated a request.</param>
public sealed record LogDay(DateOnly Day, long RowCount, long RefusedCount, long LabelledCount, long LateCount, long RepeatedCount)
{
    internal static LogDay Of(DateOnly day, WindowRows rows) =>
        new(day, rows.RowCount, rows.RefusedCount, rows.LabelledCount, rows.LateCount, rows.RepeatedCount);
}
