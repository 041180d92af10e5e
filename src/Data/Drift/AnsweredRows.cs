using System.Collections.Immutable;
using DuckDB.NET.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Drift;

/// <summary>Rows of one side of a drift comparison as the live model read and answered them.</summary>
/// <param name="Target">What the model predicts.</param>
/// <param name="Inputs">The rows as the model reads them.</param>
/// <param name="Answers">Its answers to them.</param>
/// <param name="Labels">The labels, as the target numbers them; NaN where one is not known.</param>
public sealed record AnsweredRows(Target Target, InputRows Inputs, Answers Answers, ImmutableArray<double> Labels)
{
    /// <summary>
    /// Writes them as a Parquet file: the inputs' columns as a split has them, <c>input</c> for one text; then <c>label</c>,
    /// <c>prediction</c>, of several classes <c>predicted_class</c>, and the row's number, <c>row</c>. Sorted by all of them.
    /// </summary>
    public void Write(string parquetPath, DataLimits limits, CancellationToken cancellation) => new DataWork("writing rows to compare", limits).Run(
        token =>
        {
            ImmutableArray<(string Name, string Held, string Written)> columns = [.. Inputs.Schema.Columns.Select(ColumnOf)];
            using StagingFolder staging = new(parquetPath);
            using DuckSession session = DuckSession.Open(limits, [staging.Path], staging.Path, token);
            session.Execute($"CREATE TABLE answered ({string.Join(", ", columns.Select(column => $"{column.Name} {column.Held}"))}, label DOUBLE, prediction FLOAT, predicted_class VARCHAR, row INTEGER)");
            session.Append("answered", Enumerable.Range(0, Answers.Count), Append);
            string classes = Answers.Width > 1 ? "predicted_class, " : "";
            session.WriteParquet(
                $"SELECT {string.Join(", ", columns.Select(column => $"{column.Written} AS {column.Name}"))}, label, prediction, {classes}row FROM answered",
                "ALL", staging.File("answered.parquet"));
            staging.Publish("answered.parquet", parquetPath);
            return true;
        },
        cancellation);

    private (string Name, string Held, string Written) ColumnOf(InputColumn input)
    {
        string name = SplitColumns.NameOf(Inputs.Schema, input);
        return input.Type switch
        {
            InputType.Number => (name, "FLOAT", name),
            InputType.Integer => (name, "BIGINT", name),
            InputType.Boolean => (name, "BIGINT", $"{name}::BOOLEAN"),
            InputType.Timestamp => (name, "BIGINT", $"make_timestamp({name})"),
            _ => (name, "VARCHAR", name),
        };
    }

    private void Append(IDuckDBAppenderRow to, int row)
    {
        foreach (InputValues values in Inputs.Columns)
        {
            _ = values switch
            {
                _ when values.IsMissing(row) => to.AppendNullValue(),
                InputValues.Numbers numbers => to.AppendValue(numbers.Values[row]),
                InputValues.Integers integers => to.AppendValue(integers.Values[row]),
                InputValues.Texts texts => to.AppendValue(texts.Values[row]),
                _ => throw new ArgumentException($"{values.GetType().Name} are no values of a column."),
            };
        }

        _ = double.IsNaN(Labels[row]) ? to.AppendNullValue() : to.AppendValue(Labels[row]);
        int leading = Prediction.OfClasses.LikeliestOf(Answers.Of(row));
        to.AppendValue(Answers.Of(row)[leading]);
        _ = Answers.Width > 1 ? to.AppendValue(Target.ClassNames[leading]) : to.AppendNullValue();
        to.AppendValue(row);
    }
}
