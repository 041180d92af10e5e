using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Definitions.Binding;
using Lifecycle.Definitions.Rules;
using Lifecycle.Definitions.Yaml;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions;

/// <summary>
/// Reads <c>models/&lt;name&gt;/model.yaml</c> strictly: unknown keys, wrong types, values out of range and parts that do not
/// fit together are problems with file and line, all reported at once. Reads only files of the model's folder, and no data.
/// </summary>
public static class ModelDefinitionReader
{
    /// <summary>Name of the file in the model's folder.</summary>
    public const string FileName = "model.yaml";

    /// <summary>Largest file that is read.</summary>
    public const int MaximumBytes = 65_536;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the definition in a model's folder.</summary>
    /// <exception cref="ModelDefinitionException">The file is missing, malformed or inconsistent.</exception>
    public static LoadedModelDefinition Read(string modelFolder)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder));
        DefinitionProblems problems = new(DisplayName(folder));
        byte[] bytes = ReadBytes(folder, problems);
        YamlMapping root = YamlDocument.Read(Decode(bytes, problems), problems);
        problems.ThrowIfAny();

        DefinitionBinder binder = new(problems);
        JsonNode? bound = binder.Bind(root, new Slot("", typeof(ModelDefinition), IsNullable: false, Range: null));
        problems.ThrowIfAny();

        ModelDefinition definition = bound.Deserialize<ModelDefinition>(DefinitionJson.Options)!;
        foreach (RuleBreach breach in DefinitionRules.Check(definition, folder))
        {
            problems.Add(binder.Lines.Of(breach.Path), breach.Message);
        }

        problems.ThrowIfAny();
        return new LoadedModelDefinition(definition, folder, ImmutableArray.Create(bytes), Sha256Digest.Of(bytes));
    }

    private static string DisplayName(string folder) =>
        string.Join('/', Path.GetFileName(Path.GetDirectoryName(folder)), Path.GetFileName(folder), FileName);

    private static byte[] ReadBytes(string folder, DefinitionProblems problems)
    {
        FileInfo file = new(Path.Combine(folder, FileName));
        if (!file.Exists)
        {
            throw problems.Fatal(0, $"no such file; a model is a folder with a {FileName} (docs/how-to/add-a-model.md)");
        }

        if (file.Length > MaximumBytes)
        {
            throw problems.Fatal(0, $"the file has {file.Length} bytes; expected at most {MaximumBytes}");
        }

        return File.ReadAllBytes(file.FullName);
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
