using System.Text;
using Lifecycle.Domain.References;

namespace Lifecycle.OnnxModels.References;

/// <summary>The pattern of a question about a text: a plain text means the same to C# and to the operator's RE2.</summary>
internal static class TextPattern
{
    /// <summary>What a whole text has to match.</summary>
    public static string Of(ColumnCondition condition) => condition switch
    {
        { Is: { } whole } => Literal(whole),
        { StartsWith: { } start } => $"(?s){Literal(start)}.*",
        { EndsWith: { } end } => $"(?s).*{Literal(end)}",
        { Contains: { } part } => $"(?s).*{Literal(part)}.*",
        _ => throw new InvalidReferenceException("a rule asks a text for nothing; give one of 'is', 'startsWith', 'endsWith' and 'contains'"),
    };

    // Every ASCII character that is neither letter nor digit is escaped, so that none of them means anything to the operator.
    private static string Literal(string text)
    {
        StringBuilder pattern = new();
        foreach (char character in text)
        {
            if (char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character))
            {
                pattern.Append('\\');
            }

            pattern.Append(character);
        }

        return pattern.ToString();
    }
}
