using System.Globalization;
using System.Text;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Decides whether a text is an input of the model, and normalises it. A pure function of the text, carried as metadata
/// in the featurizer and the shipped graph, so that fitting, training and serving apply the very same rules.
/// </summary>
/// <param name="Kind">What an input is.</param>
/// <param name="MaximumBytes">Longest accepted input in UTF-8 bytes, before and after normalisation.</param>
public sealed record InputRules(InputKind Kind, int MaximumBytes)
{
    private const string KindKey = "lifecycle.input_kind";
    private const string MaximumBytesKey = "lifecycle.maximum_input_bytes";

    /// <summary>The rules of a feature view.</summary>
    public static InputRules For(FeatureView view) => new(view.Kind, view.MaximumInputBytes);

    /// <summary>Normalises an input or says why it is refused.</summary>
    public InputCheck Check(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length == 0)
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

        InputCheck check = Kind == InputKind.HostName ? HostNames.Normalize(input) : new InputCheck.Accepted(input);
        return check is InputCheck.Accepted accepted && TooLong(accepted.Text) is { } grown ? grown : check;
    }

    /// <summary>The normalised text of a row that is expected to be sound.</summary>
    /// <exception cref="RefusedInputException">It is not; the exception names <paramref name="row"/>.</exception>
    internal string Normalize(string input, long row) => Check(input) switch
    {
        InputCheck.Accepted accepted => accepted.Text,
        InputCheck.Refused refused => throw new RefusedInputException(row, refused.Reason),
        _ => throw new InvalidOperationException("Unknown outcome of an input check."),
    };

    /// <summary>The rules as metadata of a graph.</summary>
    internal IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string>
    {
        [KindKey] = Kind.ToString(),
        [MaximumBytesKey] = MaximumBytes.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Reads the rules out of a graph's metadata.</summary>
    internal static InputRules FromMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(KindKey, out string? kind) || !Enum.TryParse(kind, out InputKind parsedKind) || !Enum.IsDefined(parsedKind))
        {
            throw new InvalidOnnxModelException(
                $"the model's metadata property '{KindKey}' is {InputQuote.Of(kind)}; expected one of {string.Join(", ", Enum.GetNames<InputKind>())}");
        }

        if (!metadata.TryGetValue(MaximumBytesKey, out string? bytes)
            || !int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out int maximumBytes)
            || maximumBytes == 0)
        {
            throw new InvalidOnnxModelException(
                $"the model's metadata property '{MaximumBytesKey}' is {InputQuote.Of(bytes)}; expected a positive number of bytes");
        }

        return new InputRules(parsedKind, maximumBytes);
    }

    private string Expected => Kind == InputKind.HostName
        ? "a host name such as example.com"
        : $"a text of 1 to {MaximumBytes} bytes without control characters";

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
