using System.Text;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Decides whether a text is a value of a column, and normalises it. A pure function of the text, carried as metadata in the featurizer
/// and the shipped graph, so that fitting, training and serving apply the very same rules.
/// </summary>
/// <param name="Type">What a value is: a text, a host name or a category.</param>
/// <param name="MaximumBytes">Longest accepted value in UTF-8 bytes, before and after normalisation.</param>
public sealed record InputRules(InputType Type, int MaximumBytes)
{
    /// <summary>The rules of a column of texts.</summary>
    public static InputRules For(InputColumn column) => new(column.Type, column.MaximumBytes);

    /// <summary>Normalises a value or says why it is refused.</summary>
    public InputCheck Check(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length == 0 && Type != InputType.Category)
        {
            return new InputCheck.Refused($"the input is empty; expected {Expected}");
        }

        if (TooLong(input) is { } tooLong)
        {
            return tooLong;
        }

        if (FirstFault(input) is { } fault)
        {
            return new InputCheck.Refused($"{InputQuote.Of(input)} holds {fault}; expected {Expected}");
        }

        InputCheck check = Type == InputType.HostName ? HostNames.Normalize(input) : new InputCheck.Accepted(input);
        return check is InputCheck.Accepted accepted && TooLong(accepted.Text) is { } grown ? grown : check;
    }

    /// <summary>What is expected, in words.</summary>
    internal string Expected => Type switch
    {
        InputType.HostName => "a host name such as example.com",
        InputType.Category => $"a level of at most {MaximumBytes} bytes without control characters",
        _ => $"a text of 1 to {MaximumBytes} bytes without control characters",
    };

    /// <summary>Whether a text is accepted as it is; others take the long way. It allocates nothing.</summary>
    internal bool IsPlain(string input) =>
        Type != InputType.HostName && input.Length > 0 && input.Length <= MaximumBytes && !input.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private InputCheck.Refused? TooLong(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= MaximumBytes
            ? null
            : new InputCheck.Refused($"{InputQuote.Of(text)} is {bytes} bytes long; expected at most {MaximumBytes}");
    }

    private static string? FirstFault(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return $"the control character U+{(int)text[i]:X4} at position {i}";
            }

            if (char.IsSurrogate(text[i]))
            {
                if (!Rune.TryGetRuneAt(text, i, out Rune rune))
                {
                    return $"half of a surrogate pair at position {i}";
                }

                i += rune.Utf16SequenceLength - 1;
            }
        }

        return null;
    }
}
