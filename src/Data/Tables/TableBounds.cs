namespace Lifecycle.Data.Tables;

/// <summary>Bounds of every table that is read, whatever its format: what is larger is refused, with its line. Table: docs/formats/rows.md.</summary>
internal static class TableBounds
{
    /// <summary>Longest value, in characters.</summary>
    public const int CellCharacters = 1 << 20;

    /// <summary>Longest line or record, in characters.</summary>
    public const int RecordCharacters = 1 << 23;

    /// <summary>Most columns.</summary>
    public const int Columns = 10_000;

    /// <summary>Deepest nesting of a JSON record.</summary>
    public const int JsonDepth = 64;

    /// <summary>Largest row group of a Parquet file, in bytes without compression.</summary>
    public const long RowGroupBytes = 1L << 30;

    /// <summary>Most bytes that a compressed byte may become, once <see cref="ExpansionFreeBytes"/> were read.</summary>
    public const int Expansion = 200;

    /// <summary>Bytes that a compressed file may become whatever its size.</summary>
    public const long ExpansionFreeBytes = 64L << 20;
}
