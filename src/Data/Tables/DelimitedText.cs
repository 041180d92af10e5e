using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lifecycle.Data.Tables;

/// <summary>
/// Reads separated values as RFC 4180 writes them: quoted fields may hold separators, line breaks and doubled quotes. An empty
/// field is a missing value, a quoted empty one an empty text. A quote out of its place, and a record or field beyond the
/// bounds, refuse the file with the line where it began.
/// </summary>
internal sealed class DelimitedText(TextSource source, char separator)
{
    private readonly StringBuilder field = new();
    private readonly ImmutableArray<string?>.Builder fields = ImmutableArray.CreateBuilder<string?>();
    private long first;
    private int length;
    private long? quotedFrom;

    /// <summary>All records, the header among them, one by one; blank lines are passed over.</summary>
    public IEnumerable<TextRecord> Read()
    {
        while (source.Peek() >= 0)
        {
            first = source.Line;
            ReadRecord();
            if (fields is not [null])
            {
                yield return new TextRecord(first, fields.ToImmutable());
            }
        }
    }

    private void ReadRecord()
    {
        fields.Clear();
        length = 0;
        for (int next = source.Read(); next >= 0; next = source.Read())
        {
            if (next == separator)
            {
                EndField();
            }
            else if (next is '\r' or '\n' && source.TryReadLineBreak(next))
            {
                break;
            }
            else if (quotedFrom is { } line)
            {
                throw source.Refuse(line, $"text follows the quote that closes the field beginning here ('{ShownText.Of(field.ToString())}'); a quote inside a quoted field is doubled");
            }
            else if (next == '"' && field.Length > 0)
            {
                throw source.Refuse(source.Line, "a quote stands inside a field that does not begin with one; quote the whole field, and double the quote");
            }
            else if (next == '"')
            {
                ReadQuoted();
            }
            else
            {
                Append((char)next, source.Line);
            }
        }

        EndField();
    }

    private void ReadQuoted()
    {
        long opened = source.Line;
        quotedFrom = opened;
        while (true)
        {
            int next = source.Read();
            if (next < 0)
            {
                throw source.Refuse(opened, "a quote opens a field here and is never closed");
            }

            if (next == '"' && source.Peek() != '"')
            {
                return;
            }

            if (next == '"')
            {
                source.Read();
            }

            Append((char)next, opened);
        }
    }

    private void Append(char character, long line)
    {
        if (field.Length == TableBounds.CellCharacters)
        {
            throw source.Refuse(line, string.Create(CultureInfo.InvariantCulture, $"a field is longer than {TableBounds.CellCharacters} characters{(quotedFrom is null ? "" : "; is its quote never closed?")}"));
        }

        if (++length > TableBounds.RecordCharacters)
        {
            throw source.Refuse(first, string.Create(CultureInfo.InvariantCulture, $"a row is longer than {TableBounds.RecordCharacters} characters"));
        }

        field.Append(character);
    }

    private void EndField()
    {
        if (fields.Count == TableBounds.Columns)
        {
            throw source.Refuse(first, string.Create(CultureInfo.InvariantCulture, $"a row has more than {TableBounds.Columns} columns"));
        }

        fields.Add(field.Length == 0 && quotedFrom is null ? null : field.ToString());
        field.Clear();
        quotedFrom = null;
    }
}
