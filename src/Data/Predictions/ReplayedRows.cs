using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Predictions;

/// <summary>Labelled rows that can be replayed as traffic: a side of a split, or a DataSnapshot.</summary>
/// <param name="File">A Parquet file.</param>
/// <param name="Schema">What the model reads; a snapshot has the columns under their own names.</param>
/// <param name="Target">What the labels are.</param>
public sealed record ReplayedRows(string File, InputSchema Schema, Target Target)
{
    /// <summary>SQL name of what two rows with the same inputs have alike.</summary>
    internal const string Same = "same_inputs";

    /// <summary>Whether the file is a side of a split, whose labels are numbered as the target does; else they stand as the target's column writes them.</summary>
    public bool IsSide { get; init; }

    /// <summary>A TrainingSet whose inputs are left out; null leaves none out.</summary>
    public string? ExceptTrainingSet { get; init; }

    /// <summary>SQL names of the inputs' columns, as an import finds them.</summary>
    internal ImmutableArray<string> Inputs => Schema.OnlyText is not null ? [SplitColumns.OnlyText] : [.. Schema.Columns.Select(column => Sql.Name(column.Name))];

    /// <summary>Folders of the files.</summary>
    internal IEnumerable<string> Folders =>
        new[] { File, ExceptTrainingSet }.OfType<string>().Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct(StringComparer.Ordinal);

    /// <summary>SQL of the rows: the inputs, what rows of the same inputs have alike, and the label as an import reads it.</summary>
    /// <param name="session">A session that can read the files.</param>
    /// <param name="label">SQL name of the label.</param>
    internal string Query(DuckSession session, string label)
    {
        string rows = Select(session, File, $", {Label} AS {label}");
        return ExceptTrainingSet is null
            ? rows
            : $"SELECT * FROM ({rows}) ANTI JOIN (SELECT {Same} FROM ({Select(session, ExceptTrainingSet, "")})) USING ({Same})";
    }

    private string Label => (IsSide, Target) switch
    {
        (false, _) => $"{Sql.Name(Target.Label)}::VARCHAR",
        (true, { ClassNames.IsEmpty: true }) => SplitColumns.Label,
        (true, _) => $"CASE {SplitColumns.Label} {string.Concat(Target.ClassNames.Select((name, number) => string.Create(CultureInfo.InvariantCulture, $"WHEN {number} THEN {Sql.Literal(name)} ")))}END",
    };

    private string Select(DuckSession session, string file, string more)
    {
        string source = $"read_parquet({Sql.Literal(Path.GetFullPath(file))})";
        SnapshotColumns columns = SnapshotColumns.Of(session, $"SELECT * FROM {source}");
        ImmutableArray<string> names = [.. columns.Names];
        string[] values = [.. Schema.Columns.Select(column =>
        {
            string found = SplitColumns.Find(column.Name, Schema.OnlyText is not null && !names.Contains(column.Name), names) ?? column.Name;
            return columns.TypeOf(found) is { } type
                ? SplitColumns.Stored(column with { Name = found }, type)
                : throw new InvalidDataSourceException($"{Path.GetFileName(file)} has no column '{ShownText.Of(column.Name)}'; it has {ShownText.Names(names)}");
        })];
        string same = values is [var only] ? $"{only}::VARCHAR" : $"row({string.Join(", ", values)})::VARCHAR";
        return $"SELECT {string.Join(", ", values.Zip(Inputs, (value, name) => $"{value} AS {name}"))}, {same} AS {Same}{more} FROM {source}";
    }
}
