using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Counts of the text's shape. There is nothing to fit: length counts all characters, the others those of ASCII.
/// </summary>
internal sealed record ShapeCounts(TrainingColumn Of)
    : FittedTransform([Of.NameOf("shape", "length"), .. Classes.Select(shape => Of.NameOf("shape", shape.Name))])
{
    private const string Known = "abcdefghijklmnopqrstuvwxyz0123456789.-_";

    private static readonly (string Name, Func<char, bool> Holds)[] Classes =
    [
        ("dots", character => character == '.'),
        ("hyphens", character => character == '-'),
        ("underscores", character => character == '_'),
        ("digits", char.IsAsciiDigit),
        ("vowels", IsVowel),
        ("consonants", character => char.IsAsciiLetterLower(character) && !IsVowel(character)),
    ];

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Of.Column];
        return nodes.Beside("shape_counts", [Length(nodes), ClassCounts(nodes)]);
    }

    private static bool IsVowel(char character) => "aeiou".Contains(character, StringComparison.Ordinal);

    private static string Length(ColumnNodes nodes)
    {
        string isCharacter = nodes.Table(
            "is_character",
            nodes.Characters,
            Attributes.Texts("keys_strings", [ColumnNodes.StartMark.ToString(), ColumnNodes.EndMark.ToString(), ColumnNodes.Padding.ToString()]),
            Attributes.Floats("values_floats", [0, 0, 0]),
            Attributes.Float("default_float", 1));
        return nodes.Node("ReduceSum", "shape_length", [isCharacter, nodes.Integer("characters_axis", 1)]);
    }

    private static string ClassCounts(ColumnNodes nodes)
    {
        string counts = nodes.CountTerms("character_counts", nodes.Characters, [.. Known.Select(character => (IReadOnlyList<string>)[character.ToString()])]);
        float[] membership = [.. Known.SelectMany(character => Classes.Select(shape => shape.Holds(character) ? 1f : 0f))];
        return nodes.Node("MatMul", "shape_classes", [counts, nodes.Floats("character_classes", membership, Known.Length, Classes.Length)]);
    }
}
