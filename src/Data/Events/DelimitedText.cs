using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lifecycle.Data.Events;

/// <summary>
/// Reads comma-separated values as RFC 4180 writes them: quoted fields may hold commas, line breaks and doubled quotes. An
/// empty field is a missing value, a quoted empty one an empty text.
/// </summary>
internal sealed class DelimitedText(TextReader reader)
{
    private const int LongestFieldCharacters = 1 << 20;

    private readonly StringBuilder field = new();
    private readonly ImmutableArray<string?>.Builder fields = ImmutableArray.CreateBuilder<string?>();
    private long line = 1;
    private bool wasQuoted;
    private string? fault;

    /// <summary>All records, the header among them, one by one; blank lines are passed over.</summary>
    public IEnumerable<TextRecord> Read()
    {
        while (reader.Peek() >= 0)
        {
            long first = line;
            ReadRecord();
            if (fields is not [null] || fault is not null)
            {
                yield return new TextRecord(first, fields.ToImmutable(), fault);
            }
        }
    }

    private void ReadRecord()
    {
        fields.Clear();
        fault = null;
        bool ended = false;
        while (!ended)
        {
            int next = reader.Read();
            switch (next)
            {
                case -1:
                case '\n':
                    line += next == '\n' ? 1 : 0;
                    ended = true;
                    break;
                case '\r' when reader.Peek() == '\n':
                    continue;
                case ',':
                    EndField();
                    continue;
                case '"' when field.Length == 0 && !wasQuoted:
                    ReadQuoted();
                    continue;
                case '"':
                    fault ??= "holds a quote inside a field that does not begin with one";
                    continue;
                default:
                    Append((char)next);
                    continue;
            }
        }

        EndField();
    }

    private void ReadQuoted()
    {
        wasQuoted = true;
        long opened = line;
        while (true)
        {
            int next = reader.Read();
            if (next < 0)
            {
                fault ??= string.Create(CultureInfo.InvariantCulture, $"holds a quote on line {opened} that is never closed");
                return;
            }

            if (next == '"' && reader.Peek() != '"')
            {
                return;
            }

            if (next == '"')
            {
                reader.Read();
            }

            line += next == '\n' ? 1 : 0;
            Append((char)next);
        }
    }

    private void Append(char character)
    {
        if (field.Length < LongestFieldCharacters)
        {
            field.Append(character);
            return;
        }

        fault ??= string.Create(CultureInfo.InvariantCulture, $"holds a field of more than {LongestFieldCharacters} characters");
    }

    private void EndField()
    {
        fields.Add(field.Length == 0 && !wasQuoted ? null : field.ToString());
        field.Clear();
        wasQuoted = false;
    }
}
