using System.Collections.Immutable;
using DuckDB.NET.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Files;

namespace Lifecycle.Data.Drift;

/// <summary>One side of a comparison: a file of rows, and what the figures are in it.</summary>
internal sealed class FigureRows
{
    private readonly DuckSession session;
    private readonly ImmutableDictionary<string, bool> isNumber;

    private FigureRows(DuckSession session, string source, string side, long rowCount, ImmutableDictionary<string, bool> isNumber) =>
        (this.session, Source, Side, RowCount, this.isNumber) = (session, source, side, rowCount, isNumber);

    /// <summary>SQL of the file's rows.</summary>
    public string Source { get; }

    /// <summary>What the file is, for messages.</summary>
    public string Side { get; }

    /// <summary>Rows of the file.</summary>
    public long RowCount { get; }

    /// <summary>Reads a file's types.</summary>
    /// <exception cref="InvalidDataSourceException">The file is missing or too large, or a figure is no expression over its columns.</exception>
    public static FigureRows Of(DuckSession session, string path, string side, ImmutableArray<FigureDefinition> figures)
    {
        string full = Path.GetFullPath(path);
        if (FileFacts.Of(full).Kind is var kind and not FileKind.Regular)
        {
            string file = $"the {side} '{Path.GetFileName(path)}'";
            throw new InvalidDataSourceException(kind == FileKind.Nothing ? $"{file} is missing" : new NotRegularFileException(file, kind).Message);
        }

        string source = SplitColumns.TextSource(session, full);
        long rows = session.Scalar<long>($"SELECT count(*) FROM {source}");
        return rows <= Array.MaxLength
            ? new FigureRows(session, source, side, rows, Types(session, source, $"{side} '{Path.GetFileName(path)}'", figures))
            : throw new InvalidDataSourceException($"the {side} has {rows} rows, at most {Array.MaxLength} can be compared; take a shorter window");
    }

    /// <summary>The folders that a comparison may read.</summary>
    public static IEnumerable<string> Folders(params IEnumerable<string> paths) =>
        paths.Select(path => Path.GetDirectoryName(Path.GetFullPath(path))!).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a figure is a number in this file.</summary>
    public bool IsNumber(FigureDefinition figure) => isNumber[figure.Name];

    /// <summary>Reads figures that are numbers, all in one pass over the file.</summary>
    public void Read(ImmutableArray<FigureDefinition> figures, ImmutableArray<NumberColumn> columns, CancellationToken cancellation)
    {
        if (figures.IsEmpty)
        {
            return;
        }

        foreach (NumberColumn column in columns)
        {
            column.Clear((int)RowCount);
        }

        string selection = string.Join(", ", figures.Select(figure => $"({figure.Expression}\n)::DOUBLE"));
        using DuckDBDataReader reader = session.Stream($"SELECT {selection} FROM {Source}");
        for (long row = 0; reader.Read(); row++)
        {
            if (row % 65_536 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            for (int i = 0; i < columns.Length; i++)
            {
                if (reader.IsDBNull(i))
                {
                    columns[i].AddNull();
                }
                else
                {
                    columns[i].Add(reader.GetDouble(i));
                }
            }
        }
    }

    private static ImmutableDictionary<string, bool> Types(DuckSession session, string source, string noun, ImmutableArray<FigureDefinition> figures)
    {
        string[] types;
        try
        {
            string selection = string.Join(", ", figures.Select((figure, i) => $"({figure.Expression}\n) AS f{i}"));
            SnapshotColumns columns = SnapshotColumns.Of(session, $"SELECT {selection} FROM {source}");
            types = [.. figures.Select((_, i) => columns.TypeOf($"f{i}")!)];
        }
        catch (DuckDBException)
        {
            types = [.. figures.Select(figure => TypeOf(session, source, noun, figure))];
        }

        return figures.Zip(types).ToImmutableDictionary(
            pair => pair.First.Name, pair => LogicalTypes.Of(pair.Second) is ColumnType.Integer or ColumnType.Number, StringComparer.Ordinal);
    }

    private static string TypeOf(DuckSession session, string source, string noun, FigureDefinition figure)
    {
        try
        {
            return SnapshotColumns.Of(session, $"SELECT ({figure.Expression}\n) AS f FROM {source}").TypeOf("f")!;
        }
        catch (DuckDBException exception)
        {
            throw new InvalidDataSourceException(
                $"figure '{figure.Name}' cannot be computed over the {noun}: {exception.Message.ReplaceLineEndings("\n").Split('\n')[0]}", exception);
        }
    }
}
