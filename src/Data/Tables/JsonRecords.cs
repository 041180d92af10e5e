using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lifecycle.Data.Tables;

/// <summary>
/// Reads JSON objects, one after the other or in one array. What is no JSON, a name that comes twice in an object, and an
/// object beyond the bounds refuse the file with the line where the object began.
/// </summary>
internal sealed class JsonRecords(TextSource source)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = TableBounds.JsonDepth };

    /// <summary>The objects with their lines; dispose each.</summary>
    public IEnumerable<(long Line, JsonDocument Object)> Read()
    {
        bool isArray = Next() == '[';
        if (isArray)
        {
            source.Read();
        }

        int position = 0;
        while (Next() is var next && next >= 0 && !(isArray && next == ']'))
        {
            if (isArray && position++ > 0)
            {
                Expect(',', "a comma or the end of the array");
            }

            yield return ReadObject();
        }

        if (isArray)
        {
            Expect(']', "the end of the array");
            if (Next() >= 0)
            {
                throw source.Refuse(source.Line, "text follows the end of the JSON array");
            }
        }
    }

    private void Expect(char expected, string what)
    {
        if (Next() != expected)
        {
            throw source.Refuse(source.Line, $"the JSON array is broken; expected {what}");
        }

        source.Read();
    }

    private int Next()
    {
        while (source.Peek() is ' ' or '\t' or '\r' or '\n')
        {
            source.Read();
        }

        return source.Peek();
    }

    private (long Line, JsonDocument Object) ReadObject()
    {
        if (Next() != '{')
        {
            throw source.Refuse(source.Line, "a row that is no JSON object; expected {\"column\": value, …}");
        }

        long line = source.Line;
        string text = Cut(line);
        try
        {
            return (line, JsonDocument.Parse(text, Strict));
        }
        catch (JsonException broken)
        {
            throw source.Refuse(line, $"the JSON object that begins here cannot be read: {ShownText.Of(broken.Message)}");
        }
    }

    private string Cut(long line)
    {
        StringBuilder text = new();
        int depth = 0;
        bool isQuoted = false;
        do
        {
            int next = source.Read();
            if (next < 0)
            {
                throw source.Refuse(line, "the JSON object that begins here is never closed; was the file written completely?");
            }

            if (text.Append((char)next).Length > TableBounds.RecordCharacters)
            {
                throw source.Refuse(line, string.Create(CultureInfo.InvariantCulture, $"the JSON object that begins here is longer than {TableBounds.RecordCharacters} characters"));
            }

            if (isQuoted && next == '\\' && source.Peek() >= 0)
            {
                text.Append((char)source.Read());
            }
            else if (next == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted)
            {
                depth += next is '{' or '[' ? 1 : next is '}' or ']' ? -1 : 0;
            }
        }
        while (depth > 0);

        return text.ToString();
    }
}
