using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// The featurizer's graph while it is written: the text in lower case and its characters, which transforms share.
/// </summary>
internal sealed class FeaturizerGraph(GraphWriter writer, string input)
{
    /// <summary>Begins every row of <see cref="Characters"/>; the Tokenizer's own choice.</summary>
    public const char StartMark = '\u0002';

    /// <summary>Ends every row of <see cref="Characters"/>.</summary>
    public const char EndMark = '\u0003';

    /// <summary>Fills rows shorter than the batch's longest. Control characters are refused in inputs, so it is never a character.</summary>
    public const char Padding = '\u0001';

    private string? lower;
    private string? characters;

    public GraphWriter Writer => writer;

    /// <summary>
    /// The text with A to Z in lower case, string [N]. The locale must be C: ONNX Runtime's default is not installed everywhere.
    /// </summary>
    public string Lower => lower ??= writer.Node(
        OperatorDomains.Standard,
        "StringNormalizer",
        "lower",
        [input],
        Attributes.Text("case_change_action", "LOWER"),
        Attributes.Integer("is_case_sensitive", 1),
        Attributes.Text("locale", "C"));

    /// <summary>The characters (code points) between both marks, string [N, longest].</summary>
    public string Characters => characters ??= writer.Node(
        OperatorDomains.Microsoft,
        "Tokenizer",
        "characters",
        [Lower],
        Attributes.Integer("mark", 1),
        Attributes.Integer("mincharnum", 1),
        Attributes.Text("pad_value", Padding.ToString()),
        Attributes.Texts("separators", [""]));

    /// <summary>Appends counts of a vocabulary's terms, float [N, terms]; <paramref name="terms"/> come by length, shortest first.</summary>
    public string CountTerms(string output, string tokens, IReadOnlyList<IReadOnlyList<string>> terms)
    {
        int shortest = terms[0].Count;
        int longest = terms[^1].Count;
        long[] starts = new long[longest];
        for (int length = 2; length <= longest; length++)
        {
            starts[length - 1] = starts[length - 2] + (terms.Count(term => term.Count == length - 1) * (length - 1));
        }

        return writer.Node(
            OperatorDomains.Standard,
            "TfIdfVectorizer",
            output,
            [tokens],
            Attributes.Text("mode", "TF"),
            Attributes.Integer("min_gram_length", shortest),
            Attributes.Integer("max_gram_length", longest),
            Attributes.Integer("max_skip_count", 0),
            Attributes.Integers("ngram_counts", starts),
            Attributes.Integers("ngram_indexes", Enumerable.Range(0, terms.Count).Select(index => (long)index)),
            Attributes.Texts("pool_strings", terms.SelectMany(term => term)));
    }
}
