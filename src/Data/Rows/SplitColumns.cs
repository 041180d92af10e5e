using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Rows;

/// <summary>Names and types of the columns in the files of both sides of a split.</summary>
internal static class SplitColumns
{
    /// <summary>The entity.</summary>
    public const string Key = "key";

    /// <summary>The label, as its target numbers it.</summary>
    public const string Label = "label";

    /// <summary>The weight.</summary>
    public const string Weight = "weight";

    /// <summary>The cluster.</summary>
    public const string Cluster = "cluster";

    /// <summary>The label known before.</summary>
    public const string Lookup = "lookup";

    /// <summary>The time that a split by time goes by.</summary>
    public const string Time = "time";

    /// <summary>Whether a trainer that stops early watches the row.</summary>
    public const string Validation = "validation";

    /// <summary>Name under which one text is read by the figures of texts, and which it has in files from before there were schemas.</summary>
    public const string OnlyText = "input";

    private const string InputPrefix = "input_";
    private const string SlicePrefix = "slice_";

    /// <summary>The column of an input.</summary>
    public static string Input(string name) => InputPrefix + name;

    /// <summary>SQL name of the column in which figures find an input: one text is called <c>input</c>, whatever name it has.</summary>
    public static string NameOf(InputSchema schema, InputColumn input) => schema.OnlyText is not null ? OnlyText : Sql.Name(Input(input.Name));

    /// <summary>The column of a slice.</summary>
    public static string Slice(string name) => SlicePrefix + name;

    /// <summary>Name of the slice that a column holds; null where it holds none.</summary>
    public static string? SliceOf(string column) => column.StartsWith(SlicePrefix, StringComparison.Ordinal) ? column[SlicePrefix.Length..] : null;

    /// <summary>Whether a snapshot's column can be an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="databaseType">The column's type in the database.</param>
    public static bool Fits(InputColumn input, string databaseType) => (input.Type, LogicalTypes.Of(databaseType)) switch
    {
        (InputType.Number, ColumnType.Number or ColumnType.Integer) => true,
        (InputType.Integer, ColumnType.Integer) => true,
        (InputType.Boolean, ColumnType.Boolean) => true,
        (InputType.Timestamp, ColumnType.Timestamp) => input.Zone == InputZone.Utc || !LogicalTypes.HasZone(databaseType),
        (InputType.Category, ColumnType.Text or ColumnType.Integer or ColumnType.Boolean) => true,
        (InputType.Text or InputType.HostName, ColumnType.Text) => true,
        _ => false,
    };

    /// <summary>What a column has to be to become an input, for messages.</summary>
    public static string Wanted(InputColumn input) => input.Type switch
    {
        InputType.Number => "a number (not a text: a decimal comma is none)",
        InputType.Integer => "an integer",
        InputType.Boolean => "a boolean (not a text such as 'yes')",
        InputType.Timestamp when input.Zone == InputZone.Local => "a date or a timestamp without time zone, as 'zone: local' says",
        InputType.Timestamp => "a date or a timestamp",
        InputType.Category => "a text, an integer or a boolean",
        _ => "a text",
    };

    /// <summary>SQL that makes an input's value of a snapshot's column.</summary>
    public static string Stored(InputColumn input, string databaseType) => input.Type == InputType.Timestamp
        ? LogicalTypes.Timestamp(Sql.Name(input.Name), databaseType)
        : $"{Sql.Name(input.Name)}::{StoredType(input)}";

    /// <summary>The type in the database that an input is stored as.</summary>
    public static string StoredType(InputColumn input) => input.Type switch
    {
        InputType.Number => "FLOAT",
        InputType.Integer => "BIGINT",
        InputType.Boolean => "BOOLEAN",
        InputType.Timestamp => "TIMESTAMP",
        _ => "VARCHAR",
    };

    /// <summary>Whether an input's values are texts.</summary>
    public static bool IsText(InputColumn input) => input.Type is InputType.Text or InputType.HostName or InputType.Category;

    /// <summary>SQL of an input's value for comparisons: a text, or else a number of 64 bits.</summary>
    public static string Comparable(InputColumn input, string databaseType) => input.Type switch
    {
        InputType.Timestamp => $"epoch_us({LogicalTypes.Timestamp(Sql.Name(input.Name), databaseType)})::DOUBLE",
        InputType.Boolean => $"{Sql.Name(input.Name)}::INTEGER::DOUBLE",
        _ => IsText(input) ? $"{Sql.Name(input.Name)}::VARCHAR" : $"{Sql.Name(input.Name)}::DOUBLE",
    };

    /// <summary>The column that holds an input, in a file with these columns; null where none does.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isOnlyText">Whether the model reads nothing else, so that any file with one text will do.</param>
    /// <param name="columns">The file's columns.</param>
    public static string? Find(string input, bool isOnlyText, ImmutableArray<string> columns) =>
        columns.Contains(Input(input)) ? Input(input) : isOnlyText ? TextIn(columns) : null;

    /// <summary>SQL of a file's rows in which one text is called <c>input</c>, whatever name it has there.</summary>
    public static string TextSource(DuckSession session, string parquetPath)
    {
        string rows = $"read_parquet({Sql.Literal(Path.GetFullPath(parquetPath))})";
        ImmutableArray<string> columns = [.. SnapshotColumns.Of(session, $"SELECT * FROM {rows}").Names];
        return columns.Contains(OnlyText) || TextIn(columns) is not { } text ? rows : $"(SELECT *, {Sql.Name(text)} AS {OnlyText} FROM {rows})";
    }

    private static string? TextIn(ImmutableArray<string> columns) => columns.Contains(OnlyText)
        ? OnlyText
        : columns.Where(column => column.StartsWith(InputPrefix, StringComparison.Ordinal)).ToArray() is [var only] ? only : null;
}
