using System.CommandLine.Parsing;
using System.Globalization;

namespace Lifecycle.Cli.Options;

/// <summary>Bounds of options, put where an option is declared: <c>port.Validators.Add(OptionBounds.Port)</c>.</summary>
public static class OptionBounds
{
    /// <summary>Refuses a number that is no TCP port.</summary>
    public static void Port(OptionResult option)
    {
        if (Told(option, int.TryParse, out int port) && port is (< 0 or > 65535))
        {
            option.AddError($"--port is {port}, expected 0 to 65535");
        }
    }

    /// <summary>Refuses a number below <paramref name="least"/>.</summary>
    public static Action<OptionResult> AtLeast(int least) => option =>
    {
        if (Told(option, int.TryParse, out int number) && number < least)
        {
            option.AddError($"{option.Option.Name} is {number}, expected {least} or more");
        }
    };

    /// <summary>Refuses a number that is no share.</summary>
    public static void Share(OptionResult option)
    {
        if (Told(option, double.TryParse, out double share) && share is not (>= 0 and <= 1))
        {
            option.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Option.Name} is {share}, expected a share from 0 to 1, such as 0.05"));
        }
    }

    private delegate bool Reader<T>(string text, IFormatProvider format, out T value);

    // What is no number at all is told by the parser, with the type that was expected.
    private static bool Told<T>(OptionResult option, Reader<T> read, out T value)
    {
        value = default!;
        return option.Tokens is [{ Value: var text }] && read(text, CultureInfo.InvariantCulture, out value);
    }
}
