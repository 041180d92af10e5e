using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Domain;

namespace Lifecycle.Publishing.Envelopes;

/// <summary>
/// The one byte form of a JSON document, for digests: RFC 8785 without fractions. Keys are sorted by their UTF-16 code
/// units, there is no white space, text is raw UTF-8 with only <c>"</c>, <c>\</c> and control characters escaped, and
/// numbers are whole and within ±(2^53−1), so that no reader rounds them.
/// </summary>
public static class CanonicalJson
{
    private const long MaximumInteger = (1L << 53) - 1;

    /// <summary>The canonical bytes of a record, in the product's JSON dialect.</summary>
    /// <exception cref="FormatException">The record holds a fraction or a number too large.</exception>
    public static byte[] Of<T>(T value) => OfDocument(JsonSerializer.SerializeToNode(value, DomainJson.Compact));

    /// <summary>The canonical bytes of a document.</summary>
    /// <exception cref="FormatException">The document holds a fraction, a number too large, or text that is not Unicode.</exception>
    public static byte[] OfDocument(JsonNode? document)
    {
        ArrayBufferWriter<byte> output = new();
        Write(output, document);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                WriteList(output, '{', '}', members.OrderBy(member => member.Key, StringComparer.Ordinal), member =>
                {
                    WriteText(output, member.Key);
                    output.Write(":"u8);
                    Write(output, member.Value);
                });
                break;
            case JsonArray items:
                WriteList(output, '[', ']', items, item => Write(output, item));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(output, value.GetValue<string>());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                WriteNumber(output, value);
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void WriteList<T>(ArrayBufferWriter<byte> output, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        output.Write([(byte)open]);
        bool first = true;
        foreach (T item in items)
        {
            output.Write(first ? [] : ","u8);
            write(item);
            first = false;
        }

        output.Write([(byte)close]);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, JsonValue value)
    {
        string text = value.ToJsonString();
        if (!long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, null, out long number)
            || number is > MaximumInteger or < -MaximumInteger)
        {
            throw new FormatException(
                $"The number {text} at {value.GetPath()} has no canonical form: expected a whole number within ±(2^53-1); write it as text.");
        }

        output.Write(Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        output.Write("\""u8);
        foreach (Rune rune in Runes(text))
        {
            switch (rune.Value)
            {
                case '"' or '\\':
                    output.Write([(byte)'\\', (byte)rune.Value]);
                    break;
                case < 0x20:
                    output.Write(Encoding.ASCII.GetBytes(EscapeControl((char)rune.Value)));
                    break;
                default:
                    output.Write(utf8[..rune.EncodeToUtf8(utf8)]);
                    break;
            }
        }

        output.Write("\""u8);
    }

    private static IEnumerable<Rune> Runes(string text)
    {
        for (int index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out Rune rune))
            {
                throw new FormatException($"Text with half of a surrogate pair (U+{(int)text[index]:X4}) has no canonical form.");
            }

            yield return rune;
            index += rune.Utf16SequenceLength;
        }
    }

    private static string EscapeControl(char control) => control switch
    {
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => $"\\u{(int)control:x4}",
    };
}
