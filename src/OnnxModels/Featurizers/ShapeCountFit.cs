using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Counts of the text's shape. There is nothing to fit: length counts all characters, the others those of ASCII.
/// </summary>
internal sealed class ShapeCountFit : TransformFit
{
    public override void See(string text, bool label)
    {
    }

    public override FittedTransform Finish() => new ShapeCounts();

    private sealed record ShapeCounts() : FittedTransform(["shape:length", .. Classes.Select(shape => "shape:" + shape.Name)])
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

        public override string Compile(FeaturizerGraph graph) => graph.Writer.Node(
            OperatorDomains.Standard, "Concat", "shape_counts", [Length(graph), ClassCounts(graph)], Attributes.Integer("axis", 1));

        private static bool IsVowel(char character) => "aeiou".Contains(character, StringComparison.Ordinal);

        private static string Length(FeaturizerGraph graph)
        {
            string axis = graph.Writer.Constant(Tensors.Integers("characters_axis", [1], 1));
            string isCharacter = graph.Writer.Node(
                OperatorDomains.MachineLearning,
                "LabelEncoder",
                "is_character",
                [graph.Characters],
                Attributes.Texts("keys_strings", [FeaturizerGraph.StartMark.ToString(), FeaturizerGraph.EndMark.ToString(), FeaturizerGraph.Padding.ToString()]),
                Attributes.Floats("values_floats", [0, 0, 0]),
                Attributes.Float("default_float", 1));
            return graph.Writer.Node(OperatorDomains.Standard, "ReduceSum", "shape_length", [isCharacter, axis]);
        }

        private static string ClassCounts(FeaturizerGraph graph)
        {
            string counts = graph.CountTerms("character_counts", graph.Characters, [.. Known.Select(character => (IReadOnlyList<string>)[character.ToString()])]);
            float[] membership = [.. Known.SelectMany(character => Classes.Select(shape => shape.Holds(character) ? 1f : 0f))];
            string matrix = graph.Writer.Constant(Tensors.Floats("character_classes", membership, Known.Length, Classes.Length));
            return graph.Writer.Node(OperatorDomains.Standard, "MatMul", "shape_classes", [counts, matrix]);
        }
    }
}
