using System.Globalization;
using System.Text;

namespace Lifecycle.Data.Tables;

/// <summary>Reads a text with a value on each line.</summary>
internal static class TextLines
{
    /// <summary>The lines, empty ones among them; one that is longer than <paramref name="longest"/> characters refuses the file.</summary>
    public static IEnumerable<TextRecord> Read(TextSource source, int longest)
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
}
