using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// What transforms share of one column, each written when it is first asked for. Names begin with the column's and a slash, which no
/// column's name has, and so no two nodes have the same.
/// </summary>
internal sealed class ColumnNodes(GraphWriter writer, InputColumn column)
{
    /// <summary>Begins every row of <see cref="Characters"/>; the Tokenizer's own choice.</summary>
    public const char StartMark = '\u0002';

    /// <summary>Ends every row of <see cref="Characters"/>.</summary>
    public const char EndMark = '\u0003';

    /// <summary>Fills rows shorter than the batch's longest. Control characters are refused in inputs, so it is never a character.</summary>
    public const char Padding = '\u0001';

    private readonly Dictionary<string, string> shared = new(StringComparer.Ordinal);

    /// <summary>The column.</summary>
    public InputColumn Column => column;

    /// <summary>Whether a value is there, bool [N, 1]; null where it always is, and for numbers, where a missing one is NaN.</summary>
    public string? Present => GraphSignature.HasPresence(column) ? column.Name + GraphSignature.PresenceSuffix : null;

    /// <summary>The column as it comes, [N, 1].</summary>
    public string Raw => column.Name;

    /// <summary>Texts, string [N].</summary>
    public string Texts => Shared("texts", name => Node("Reshape", name, [Raw, Integers("rows", [-1], 1)]));

    /// <summary>The texts with A to Z in lower case, string [N]. The locale must be C: ONNX Runtime's default is not installed everywhere.</summary>
    public string Lower => Shared("lower", name => Node(
        "StringNormalizer", name, [Texts], Attributes.Text("case_change_action", "LOWER"), Attributes.Integer("is_case_sensitive", 1), Attributes.Text("locale", "C")));

    /// <summary>The characters (code points) between both marks, string [N, longest].</summary>
    public string Characters => Shared("characters", name => column.Nullable || column.Type == InputType.Category ? WithOneMore(name, texts => Split($"{name}_and_one", texts)) : Split(name, Lower));

    /// <summary>The words, string [N, most]: runs of ASCII letters, digits and all that is not ASCII, so that no table of Unicode decides.</summary>
    public string Words => Shared("words", name => WithOneMore(name, texts => Tokens(
        $"{name}_and_one", texts, Attributes.Integer("mark", 0), Attributes.Text("tokenexp", @"[^\x00-/:-@\[-`{-\x7f]+"))));

    /// <summary>The column as numbers, float [N, 1]; NaN where one is missing. A timestamp is in seconds.</summary>
    public string Numbers => column.Type == InputType.Number ? Raw : Shared("numbers", name => Missing(name, column.Type == InputType.Timestamp ? Seconds() : Cast("cast", Raw, DataType.Float)));

    /// <summary>Levels that a table can be asked for: string [N, 1] in the case that transforms read, or int64 [N, 1].</summary>
    public string Levels => column.Type switch
    {
        InputType.Integer or InputType.Timestamp => Raw,
        InputType.Boolean => Shared("truths", name => Cast(name, Raw, DataType.Int64)),
        InputType.Category => Raw,
        _ => Shared("levels", name => Node("Reshape", name, [Lower, Integers("column", [-1, 1], 2)])),
    };

    /// <summary>The name of a step on this column.</summary>
    public string Name(string step) => $"{column.Name}/{step}";

    /// <summary>Appends a standard operator.</summary>
    public string Node(string operation, string step, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        writer.Node(OperatorDomains.Standard, operation, Name(step), inputs, attributes);

    /// <summary>Appends a standard operator with several outputs.</summary>
    public void Node(string operation, string[] steps, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        writer.Node(OperatorDomains.Standard, operation, [.. steps.Select(Name)], inputs, attributes);

    /// <summary>Appends a table from a key to a number or an index.</summary>
    public string Table(string step, string input, params ReadOnlySpan<AttributeProto> attributes) =>
        writer.Node(OperatorDomains.MachineLearning, "LabelEncoder", Name(step), [input], attributes);

    /// <summary>Appends the hash of each text, uint32 of their shape: MurmurHash3 of 32 bits with seed 0, of the UTF-8.</summary>
    public string Hash(string step, string texts) =>
        writer.Node(OperatorDomains.Microsoft, "MurmurHash3", Name(step), [texts], Attributes.Integer("positive", 1), Attributes.Integer("seed", 0));

    /// <summary>Appends a conversion.</summary>
    public string Cast(string step, string input, DataType type) => Node("Cast", step, [input], Attributes.Integer("to", (long)type));

    /// <summary>Puts values side by side, [N, sum of their widths].</summary>
    public string Beside(string step, IReadOnlyCollection<string> parts) => parts.Count == 1 ? parts.First() : Node("Concat", step, parts, Attributes.Integer("axis", 1));

    /// <summary>NaN where the column's value is missing.</summary>
    public string Missing(string step, string values) => Present is { } present ? Node("Where", step, [present, values, Float("nan", float.NaN)]) : values;

    /// <summary>Adds a constant.</summary>
    public string Float(string step, float value) => Floats(step, [value], 1);

    /// <summary>Adds a constant.</summary>
    public string Floats(string step, float[] values, params long[] shape) => Shared(step, name => writer.Constant(Tensors.Floats(Name(name), values, shape)));

    /// <summary>Adds a constant.</summary>
    public string Integer(string step, long value) => Integers(step, [value], 1);

    /// <summary>Adds a constant.</summary>
    public string Integers(string step, long[] values, params long[] shape) => Shared(step, name => writer.Constant(Tensors.Integers(Name(name), values, shape)));

    /// <summary>Adds a constant.</summary>
    public string Text(string step, string value) => Shared(step, name => writer.Constant(Tensors.Text(Name(name), value)));

    /// <summary>
    /// Appends counts of a vocabulary's terms, float [N, terms]; <paramref name="terms"/> come by length, shortest first. A term counts its
    /// weight, 1 without <paramref name="weights"/>.
    /// </summary>
    public string CountTerms(string step, string tokens, IReadOnlyList<IReadOnlyList<string>> terms, float[]? weights = null)
    {
        int shortest = terms[0].Count;
        int longest = terms[^1].Count;
        long[] starts = new long[longest];
        for (int length = 2; length <= longest; length++)
        {
            starts[length - 1] = starts[length - 2] + (terms.Count(term => term.Count == length - 1) * (length - 1));
        }

        AttributeProto[] counted = weights is null || weights.All(weight => weight == 1)
            ? [Attributes.Text("mode", "TF")]
            : [Attributes.Text("mode", "TFIDF"), Attributes.Floats("weights", weights)];
        return Node(
            "TfIdfVectorizer",
            step,
            [tokens],
            [
                .. counted,
                Attributes.Integer("min_gram_length", shortest),
                Attributes.Integer("max_gram_length", longest),
                Attributes.Integer("max_skip_count", 0),
                Attributes.Integers("ngram_counts", starts),
                Attributes.Integers("ngram_indexes", Enumerable.Range(0, terms.Count).Select(index => (long)index)),
                Attributes.Texts("pool_strings", terms.SelectMany(term => term)),
            ]);
    }

    // Doubles hold microseconds of a few centuries exactly; the float at the end does not.
    private string Seconds()
    {
        string million = Shared("million", name => Cast(name, Integer("microseconds_per_second", 1_000_000), DataType.Double));
        return Cast("seconds", Node("Div", "exact_seconds", [Cast("microseconds", Raw, DataType.Double), million]), DataType.Float);
    }

    private string Split(string step, string texts) => Tokens(step, texts, Attributes.Integer("mark", 1), Attributes.Texts("separators", [""]));

    private string Tokens(string step, string texts, AttributeProto mark, AttributeProto rule) => writer.Node(
        OperatorDomains.Microsoft, "Tokenizer", Name(step), [texts], mark, Attributes.Integer("mincharnum", 1), Attributes.Text("pad_value", Padding.ToString()), rule);

    // The Tokenizer leaves marks away, and has no columns, where a batch has empty texts alone: here it always has one more.
    private string WithOneMore(string step, Func<string, string> split)
    {
        string texts = Shared("texts_and_one", name => Node("Concat", name, [Lower, Text("one_text", "x")], Attributes.Integer("axis", 0)));
        return Node("Slice", step, [split(texts), Integer("first_row", 0), Integer("last_row", -1), Integer("rows_axis", 0)]);
    }

    private string Shared(string step, Func<string, string> write)
    {
        if (!shared.TryGetValue(step, out string? written))
        {
            written = write(step);
            shared[step] = written;
        }

        return written;
    }
}
