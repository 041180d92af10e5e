using DuckDB.NET.Data;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Drift;

/// <summary>A row of either side of a drift comparison, with the live model's answer to it.</summary>
/// <param name="Input">The text as the model reads it.</param>
/// <param name="Label">The label; null when it is not known.</param>
/// <param name="Prediction">The live model's probability of label 1.</param>
public sealed record ScoredText(string Input, bool? Label, float Prediction)
{
    /// <summary>Writes rows as a Parquet file with the columns <c>input, label, prediction</c>, sorted by all of them.</summary>
    public static void Write(IEnumerable<ScoredText> rows, string parquetPath, DataLimits limits, CancellationToken cancellation) =>
        new DataWork("writing rows to compare", limits).Run(
            token =>
            {
                using StagingFolder staging = new(parquetPath);
                using DuckSession session = DuckSession.Open(limits, [staging.Path], staging.Path, token);
                session.Execute("CREATE TABLE scored (input VARCHAR, label INTEGER, prediction FLOAT)");
                session.Append("scored", rows, Append);
                session.WriteParquet("SELECT * FROM scored", "ALL", staging.File("scored.parquet"));
                staging.Publish("scored.parquet", parquetPath);
                return true;
            },
            cancellation);

    private static void Append(IDuckDBAppenderRow to, ScoredText row)
    {
        to.AppendValue(row.Input);
        _ = row.Label is { } label ? to.AppendValue(label ? 1 : 0) : to.AppendNullValue();
        to.AppendValue(row.Prediction);
    }
}
