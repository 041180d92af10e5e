using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Lifecycle.Data.Tables;

/// <summary>
/// A table that somebody else wrote, whatever its format: the one reader of training sources, imports, batches and predictions.
/// The format is told by the content. Rules and bounds: docs/formats/rows.md.
/// </summary>
internal sealed class TableFile
{
    private readonly TableBytes bytes;
    private readonly string path;
    private readonly string name;
    private readonly DataLimits limits;
    private ImmutableArray<string> wanted = [];
    private ImmutableArray<TypedColumn> types = [];
    private ImmutableArray<int> positions = [];
    private char? separator;
    private int width;

    private TableFile(string path, string name, DataLimits limits)
    {
        (this.path, this.name, this.limits) = (path, name, limits);
        bytes = new TableBytes(path, name);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="input">Column of the input; null takes <c>input</c>, and of a text file without columns the whole line.</param>
    /// <param name="others">The other columns that are read.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">It is missing, damaged or of a format that is no table, or has not the columns named.</exception>
    public static TableFile Open(string path, string name, string? input, ImmutableArray<string> others, DataLimits limits)
    {
        TableFile file = new(path, name, limits) { wanted = others.Insert(0, input ?? "input") };
        file.FindColumns(isNamed: input is not null || others is not []);
        return file;
    }

    /// <summary>Opens a file of columns that are read by their types.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="choose">Chooses among the columns that the file has.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">It is missing, damaged or of a format that is no table.</exception>
    public static TableFile Open(string path, string name, Func<ImmutableArray<TableColumn>, ImmutableArray<TypedColumn>> choose, DataLimits limits)
    {
        TableFile file = new(path, name, limits);
        ImmutableArray<TableColumn> columns = file.Columns();
        file.types = choose(columns);
        file.wanted = [.. file.types.Select(column => column.Name)];
        file.positions = [.. file.wanted.Select(column => columns.Select(one => one.Name).ToList().IndexOf(column))];
        return file;
    }

    /// <summary>Reads all of a file that a script is going to read, and keeps nothing of it.</summary>
    /// <exception cref="InvalidDataSourceException">It is no table that can be read, or its name says another packing than it has.</exception>
    public static void Check(string path, string name, DataLimits limits, CancellationToken cancellation)
    {
        TableFile file = new(path, name, limits);
        file.bytes.RefuseOtherPacking();
        if (file.bytes is { IsParquet: false, IsJson: false })
        {
            file.FindSeparator();
        }

        if (file.bytes.IsParquet)
        {
            using ParquetTable table = new(path, name, limits);
            table.Check();
            return;
        }

        foreach (TextRecord unused in file.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Demands that a file has columns.</summary>
    /// <exception cref="InvalidDataSourceException">One is not there.</exception>
    public static void Require(string name, ImmutableArray<string> wanted, ImmutableArray<string> names)
    {
        if (wanted.FirstOrDefault(column => !names.Contains(column)) is { } missing)
        {
            throw new InvalidDataSourceException($"{ShownText.Of(name)} has no column '{ShownText.Of(missing)}'; it has {ShownText.Names(names)}");
        }
    }

    /// <summary>The rows, one by one, in the order of the file; enumerate again to read again.</summary>
    public IEnumerable<TextRecord> Rows() => bytes switch
    {
        { IsParquet: true } => ReadParquet(),
        { IsJson: true } => ReadJson(),
        _ => separator is null ? ReadLines() : ReadDelimited(),
    };

    private ImmutableArray<TableColumn> Columns()
    {
        if (bytes.IsParquet)
        {
            using ParquetTable table = new(path, name, limits);
            return table.Columns;
        }

        if (bytes.IsJson)
        {
            return [.. JsonNames().Select(found => new TableColumn(found.Key, found.Value))];
        }

        TextRecord header = ReadHeader();
        return [.. header.Fields.Select(field => new TableColumn(field ?? "", header.Line))];
    }

    private void FindColumns(bool isNamed)
    {
        if (bytes.IsParquet)
        {
            using ParquetTable table = new(path, name, limits);
            Require(name, wanted, table.Names);
        }
        else if (bytes.IsJson)
        {
            Require(name, wanted, [.. JsonNames().Keys]);
        }
        else if (FindSeparator() is { } header)
        {
            Require(name, wanted, header);
            positions = [.. wanted.Select(column => header.IndexOf(column))];
        }
        else if (isNamed)
        {
            throw new InvalidDataSourceException(
                $"{ShownText.Of(name)} is a text with a value on each line, and has no column {ShownText.Names([.. wanted.Select(column => $"'{column}'")])}: "
                + $"its first line is '{ShownText.Of(FirstLine())}'; correct the column's name, or leave the columns out");
        }
    }

    private bool HasEnding(params ReadOnlySpan<string> endings)
    {
        string plain = name;
        foreach (string packed in (string[])[".gz", ".zst"])
        {
            plain = plain.EndsWith(packed, StringComparison.OrdinalIgnoreCase) ? plain[..^packed.Length] : plain;
        }

        return endings.Contains(Path.GetExtension(plain).ToLowerInvariant());
    }

    // One column with a header and a value on each line look the same: the header is one if it names the column that is wanted, or
    // if the file says by its name that it has one.
    private ImmutableArray<string>? FindSeparator()
    {
        string line = FirstLine();
        bool isDelimited = HasEnding(".csv", ".tsv")
            || (wanted is [var input, ..] && line.TrimEnd('\r').Split(SeparatorOf(line)).Any(field => field.Trim('"') == input));
        return isDelimited ? [.. ReadHeader().Fields.Select(field => field ?? "")] : null;
    }

    private TextRecord ReadHeader()
    {
        separator = SeparatorOf(FirstLine());
        using TextSource source = new(bytes.Open(), name);
        TextRecord header = new DelimitedText(source, separator.Value).Read().FirstOrDefault() ?? throw new InvalidDataSourceException($"{ShownText.Of(name)} has only empty lines");
        width = header.Fields.Length;
        return header.Fields.OfType<string>().CountBy(column => column, StringComparer.Ordinal).FirstOrDefault(column => column is { Value: > 1, Key: not "" }).Key is { } twice
            ? throw source.Refuse(header.Line, $"the header has the column '{ShownText.Of(twice)}' twice; rename one")
            : header;
    }

    private static char SeparatorOf(string line) => line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';

    private string FirstLine()
    {
        using TextSource source = new(bytes.Open(), name);
        return TextLines.Read(source, TableBounds.RecordCharacters).FirstOrDefault()?.Fields[0] ?? "";
    }

    private IEnumerable<TextRecord> ReadLines()
    {
        using TextSource source = new(bytes.Open(), name);
        foreach (TextRecord line in TextLines.Read(source, TableBounds.CellCharacters))
        {
            yield return line;
        }
    }

    private IEnumerable<TextRecord> ReadDelimited()
    {
        using TextSource source = new(bytes.Open(), name);
        foreach (TextRecord record in new DelimitedText(source, separator!.Value).Read().Skip(1))
        {
            yield return record.Fields.Length == width
                ? new TextRecord(record.Line, [.. positions.Select(at => record.Fields[at])])
                : throw source.Refuse(record.Line, string.Create(CultureInfo.InvariantCulture, $"the row has {record.Fields.Length} fields; expected {width}, as the header has"));
        }
    }

    private IEnumerable<TextRecord> ReadJson()
    {
        using TextSource source = new(bytes.Open(), name);
        foreach ((long line, JsonDocument row) in new JsonRecords(source).Read())
        {
            using (row)
            {
                yield return JsonRow.Of(source, line, row.RootElement, wanted, types);
            }
        }
    }

    private OrderedDictionary<string, long> JsonNames()
    {
        OrderedDictionary<string, long> names = new(StringComparer.Ordinal);
        using TextSource source = new(bytes.Open(), name);
        foreach ((long line, JsonDocument row) in new JsonRecords(source).Read())
        {
            using (row)
            {
                foreach (JsonProperty property in row.RootElement.EnumerateObject())
                {
                    names.TryAdd(property.Name, line);
                }

                if (names.Count > TableBounds.Columns)
                {
                    throw source.Refuse(line, string.Create(CultureInfo.InvariantCulture, $"the objects up to here have more than {TableBounds.Columns} different names"));
                }
            }
        }

        return names;
    }

    private IEnumerable<TextRecord> ReadParquet()
    {
        using ParquetTable table = new(path, name, limits);
        foreach (TextRecord row in table.Rows(wanted, [.. types.Where(column => column.IsWallClock).Select(column => column.Name)]))
        {
            yield return row;
        }
    }
}
