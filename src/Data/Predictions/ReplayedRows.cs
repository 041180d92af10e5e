using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Predictions;

/// <summary>Labelled rows that can be replayed as traffic.</summary>
/// <param name="File">A Parquet file.</param>
/// <param name="InputColumn">Column of the raw event.</param>
/// <param name="LabelColumn">Column of the label, 0 or 1.</param>
public sealed record ReplayedRows(string File, string InputColumn, string LabelColumn)
{
    /// <summary>A TrainingSet whose inputs are left out; null leaves none out.</summary>
    public string? ExceptTrainingSet { get; init; }

    /// <summary>Folders of the files.</summary>
    internal IEnumerable<string> Folders =>
        new[] { File, ExceptTrainingSet }.OfType<string>().Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct(StringComparer.Ordinal);

    /// <summary>SQL of the rows as <c>input, label</c>.</summary>
    internal string Query(DuckSession session)
    {
        string rows = $"SELECT {Sql.Name(InputColumn)}::VARCHAR AS input, {Sql.Name(LabelColumn)}::INTEGER AS label FROM {SplitColumns.TextSource(session, File)}";
        return ExceptTrainingSet is null
            ? rows
            : $"SELECT * FROM ({rows}) ANTI JOIN (SELECT {SplitColumns.OnlyText} FROM {SplitColumns.TextSource(session, ExceptTrainingSet)}) USING ({SplitColumns.OnlyText})";
    }
}
