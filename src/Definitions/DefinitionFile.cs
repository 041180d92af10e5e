using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Definitions.Binding;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Yaml;
using Lifecycle.Domain.Files;

namespace Lifecycle.Definitions;

/// <summary>What the strict readers of YAML files share: bounded bytes, UTF-8 text, and the binding to a record.</summary>
internal static class DefinitionFile
{
    /// <summary>Largest file that is read.</summary>
    public const int MaximumBytes = 65_536;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a file that is there and not too large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets the problem.</param>
    /// <param name="advice">What to do when there is no such file.</param>
    public static byte[] ReadBytes(string path, DefinitionProblems problems, string advice)
    {
        if (RegularFile.IsAbsent(path))
        {
            throw problems.Fatal(0, $"no such file; {advice}");
        }

        try
        {
            using FileStream file = RegularFile.Open(path);
            return file.Length <= MaximumBytes
                ? RegularFile.ReadBytes(path, MaximumBytes)
                : throw problems.Fatal(0, $"the file has {file.Length} bytes; expected at most {MaximumBytes}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw problems.Fatal(0, unreadable.Message);
        }
    }

    /// <summary>The record that the bytes say, and the lines of everything in it.</summary>
    /// <exception cref="ModelDefinitionException">Anything is malformed; all of it is reported.</exception>
    public static T Bind<T>(byte[] bytes, DefinitionProblems problems, out LineIndex lines)
    {
        YamlMapping root = YamlDocument.Read(Decode(bytes, problems), problems);
        problems.ThrowIfAny();

        DefinitionBinder binder = new(problems);
        JsonNode? bound = binder.Bind(root, new Slot("", typeof(T), IsNullable: false, Range: null));
        problems.ThrowIfAny();

        lines = binder.Lines;
        return bound.Deserialize<T>(DefinitionJson.Options)!;
    }

    private static string Decode(byte[] bytes, DefinitionProblems problems)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        try
        {
            string text = StrictUtf8.GetString(content);
            int control = text.AsSpan().IndexOfAnyInRange('\0', '\b');
            return control < 0
                ? text
                : throw problems.Fatal(text.AsSpan(0, control).Count('\n') + 1, $"control character U+{(int)text[control]:X4}; a model definition is plain text");
        }
        catch (DecoderFallbackException exception)
        {
            throw problems.Fatal(content[..Math.Max(0, exception.Index)].Count((byte)'\n') + 1, "bytes that are not UTF-8; save the file as UTF-8");
        }
    }
}
