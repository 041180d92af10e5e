using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Lifecycle.Definitions.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lifecycle.Definitions.Yaml;

/// <summary>
/// Reads one YAML document into nodes that know their lines. Works on the parser's flat event stream and bounds the depth
/// before it recurses, so that no input can exhaust the stack. Aliases, anchors, tags and second documents are refused.
/// </summary>
internal sealed class YamlDocument
{
    private const int MaximumDepth = 16;

    private readonly Parser parser;
    private readonly DefinitionProblems problems;

    private YamlDocument(string text, DefinitionProblems problems)
    {
        parser = new Parser(new StringReader(text));
        this.problems = problems;
    }

    /// <summary>The document's root mapping.</summary>
    /// <exception cref="ModelDefinitionException">The text is not one plain YAML mapping.</exception>
    public static YamlMapping Read(string text, DefinitionProblems problems)
    {
        try
        {
            return new YamlDocument(text, problems).ReadRoot();
        }
        catch (YamlException exception)
        {
            throw problems.Fatal((int)exception.Start.Line, $"not valid YAML: {exception.Message}; check indentation, colons and quotes");
        }
    }

    private YamlMapping ReadRoot()
    {
        Expect<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            throw problems.Fatal(0, "the file is empty; expected a model definition");
        }

        Expect<DocumentStart>();
        YamlNode root = ReadNode(depth: 0);
        Expect<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            throw problems.Fatal(Line(parser.Current), "a second document begins; a model definition is one document");
        }

        return root as YamlMapping ?? throw problems.Fatal(root.Line, $"found {root.Noun}; expected keys and values, such as 'name: my-model'");
    }

    [SuppressMessage("Performance", "CA1859", Justification = "Every kind of node is returned.")]
    private YamlNode ReadNode(int depth)
    {
        ParsingEvent found = parser.Consume<ParsingEvent>();
        int line = Line(found);
        if (depth > MaximumDepth)
        {
            throw problems.Fatal(line, $"nested deeper than {MaximumDepth} levels; a model definition needs fewer");
        }

        RefuseIndirection(found, line);
        return found switch
        {
            Scalar scalar => new YamlScalar(line, scalar.Value, IsNull(scalar)),
            SequenceStart => ReadSequence(line, depth),
            MappingStart => ReadMapping(line, depth),
            _ => throw problems.Fatal(line, "not valid YAML: a value is missing"),
        };
    }

    private YamlSequence ReadSequence(int line, int depth)
    {
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlSequence(line, items.ToImmutable());
    }

    private YamlMapping ReadMapping(int line, int depth)
    {
        Dictionary<string, int> linesOfKeys = new(StringComparer.Ordinal);
        ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw problems.Fatal(line, "a key is a list or a mapping; expected a plain word");
            }

            YamlNode value = ReadNode(depth + 1);
            if (linesOfKeys.TryAdd(key.Value, key.Line))
            {
                entries.Add(new YamlEntry(key.Value, key.Line, value));
            }
            else
            {
                problems.Add(key.Line, $"key '{key.Value}' is given twice, first on line {linesOfKeys[key.Value]}; keep one");
            }
        }

        return new YamlMapping(line, entries.ToImmutable());
    }

    private void RefuseIndirection(ParsingEvent found, int line)
    {
        if (found is AnchorAlias alias)
        {
            throw problems.Fatal(line, $"alias '*{alias.Value}' is not supported; write the value out");
        }

        if (found is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            throw problems.Fatal(line, $"anchor '&{anchored.Anchor}' is not supported; write the value out where it is needed");
        }

        if (found is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw problems.Fatal(line, $"tag '{tagged.Tag}' is not supported; remove it");
        }
    }

    private void Expect<T>()
        where T : ParsingEvent
    {
        if (!parser.TryConsume<T>(out _))
        {
            throw problems.Fatal(Line(parser.Current), "not valid YAML: the document does not end where it should");
        }
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is ("" or "~" or "null");

    private static int Line(ParsingEvent? found) => (int)(found?.Start.Line ?? 0);
}
