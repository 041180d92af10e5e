using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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

    /// <summary>Reads all of a file that a script is going to read, and keeps nothing of it.</summary>
    /// <exception cref="InvalidDataSourceException">It is no table that can be read, or its name says another packing than it has.</exception>
    public static void Check(string path, string name, DataLimits limits, CancellationToken cancellation)
    {
        TableFile file = new(path, name, limits);
        file.RefuseOtherPacking();
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

    /// <summary>The rows, one by one, in the order of the file; enumerate again to read again.</summary>
    public IEnumerable<TextRecord> Rows() => bytes switch
    {
        { IsParquet: true } => ReadParquet(),
        { IsJson: true } => ReadJson(),
        _ => separator is null ? ReadLines() : ReadDelimited(),
    };

    private void FindColumns(bool isNamed)
    {
        if (bytes.IsParquet)
        {
            using ParquetTable table = new(path, name, limits);
            Require(table.Names);
        }
        else if (bytes.IsJson)
        {
            Require([.. JsonNames()]);
        }
        else if (FindSeparator() is { } header)
        {
            Require(header);
            positions = [.. wanted.Select(column => header.IndexOf(column))];
        }
        else if (isNamed)
        {
            throw new InvalidDataSourceException(
                $"{ShownText.Of(name)} is a text with a value on each line, and has no column {ShownText.Names([.. wanted.Select(column => $"'{column}'")])}: "
                + $"its first line is '{ShownText.Of(FirstLine())}'; correct the column's name, or leave the columns out");
        }
    }

    private void Require(ImmutableArray<string> names)
    {
        if (wanted.FirstOrDefault(column => !names.Contains(column)) is { } missing)
        {
            throw new InvalidDataSourceException($"{ShownText.Of(name)} has no column '{ShownText.Of(missing)}'; it has {ShownText.Names(names)}");
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
        char found = line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        bool isDelimited = HasEnding(".csv", ".tsv")
            || (wanted is [var input, ..] && line.TrimEnd('\r').Split(found).Any(field => field.Trim('"') == input));
        if (!isDelimited)
        {
            return null;
        }

        separator = found;
        using TextSource source = new(bytes.Open(), name);
        TextRecord header = new DelimitedText(source, found).Read().FirstOrDefault() ?? throw new InvalidDataSourceException($"{ShownText.Of(name)} has only empty lines");
        ImmutableArray<string> names = [.. header.Fields.Select(field => field ?? "")];
        width = names.Length;
        return names.CountBy(column => column, StringComparer.Ordinal).FirstOrDefault(column => column is { Value: > 1, Key: not "" }).Key is { } twice
            ? throw source.Refuse(header.Line, $"the header has the column '{ShownText.Of(twice)}' twice; rename one")
            : names;
    }

    private string FirstLine()
    {
        using TextSource source = new(bytes.Open(), name);
        return Lines(source, TableBounds.RecordCharacters).FirstOrDefault()?.Fields[0] ?? "";
    }

    private IEnumerable<TextRecord> ReadLines()
    {
        using TextSource source = new(bytes.Open(), name);
        foreach (TextRecord line in Lines(source, TableBounds.CellCharacters))
        {
            yield return line;
        }
    }

    private static IEnumerable<TextRecord> Lines(TextSource source, int longest)
    {
        StringBuilder text = new();
        while (source.Peek() >= 0)
        {
            long line = source.Line;
            text.Clear();
            for (int next = source.Read(); next >= 0 && !(next is '\r' or '\n' && source.TryReadLineBreak(next)); next = source.Read())
            {
                if (text.Append((char)next).Length > longest)
                {
                    throw source.Refuse(line, string.Create(CultureInfo.InvariantCulture, $"the line is longer than {longest} characters"));
                }
            }

            yield return new TextRecord(line, [text.ToString()]);
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
                yield return JsonRow.Of(source, line, row.RootElement, wanted);
            }
        }
    }

    private HashSet<string> JsonNames()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        using TextSource source = new(bytes.Open(), name);
        foreach ((long line, JsonDocument row) in new JsonRecords(source).Read())
        {
            using (row)
            {
                names.UnionWith(row.RootElement.EnumerateObject().Select(property => property.Name));
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
        foreach (TextRecord row in table.Rows(wanted))
        {
            yield return row;
        }
    }

    private void RefuseOtherPacking()
    {
        (string ending, string packing) = bytes.Packing switch
        {
            TablePacking.Gzip => (".gz", "gzip"),
            TablePacking.Zstandard => (".zst", "zstd"),
            _ => ("", "not packed"),
        };
        string extension = Path.GetExtension(name).ToLowerInvariant();
        if (extension != ending && (ending.Length > 0 || extension is ".gz" or ".zst"))
        {
            throw new InvalidDataSourceException(
                $"{ShownText.Of(name)} is {packing}, and its name says otherwise; scripts unpack by the name: {(ending.Length > 0 ? $"end it in {ending}" : "take the ending away")}");
        }
    }
}
