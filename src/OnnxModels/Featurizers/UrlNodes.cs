using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// A URL taken apart by the graph. A text is split only where its delimiter was put beside it, so that every row has the parts that are
/// gathered, an empty one and a batch of such included.
/// </summary>
internal sealed class UrlNodes
{
    private readonly ColumnNodes nodes;
    private readonly string query;
    private readonly string authority;
    private readonly string file;

    /// <param name="nodes">The column of the URL.</param>
    public UrlNodes(ColumnNodes nodes)
    {
        this.nodes = nodes;
        string address = First("url_address", Split("url_fragment", Ended("url_and_hash", nodes.Lower, "#"), "#", isOnce: true));
        string halves = Split("url_halves", Ended("url_and_question", address, "?"), "?", isOnce: true);
        query = Part("url_query", halves, 1);

        // No question mark is left before this one.
        string place = Ended("url_place_and_question", First("url_place", halves), "?");
        string rest = First("url_rest", Split("url_rest_parts", Last("url_after_scheme", "url_scheme_parts", place, "://", isOnce: true), "?", isOnce: true));
        string sides = Split("url_sides", Ended("url_rest_and_slash", rest, "/"), "/", isOnce: true);
        authority = First("url_authority", sides);

        // Between two slashes: the path ends with the one that was put there, unless it has none at all.
        string segments = Split("url_segments", Begun("url_path", "/", Part("url_path_end", sides, 1)), "/", isOnce: false);
        Depth = nodes.Node("ReduceSum", "url_depth", [IsText("url_segment", segments), nodes.Integer("url_axis", 1)]);
        file = At("url_file", segments, nodes.Node("Sub", "url_file_place", [nodes.Name("url_segments_count"), nodes.Integer("url_two", 2)]));
        LastPart = nodes.Node("Reshape", "url_last_part", [Last("url_extension", "url_file_parts", Begun("url_dot_and_file", ".", file), ".", isOnce: false), Column]);
        HasExtension = AsColumn("url_has_extension", nodes.Node("Greater", "url_has_dot", [nodes.Name("url_file_parts_count"), nodes.Integer("url_two", 2)]));
        Parameters = CountParameters();
        Host = nodes.Node("Reshape", "url_host", [First("url_host_name", Split("url_host_parts", Last("url_host_and_port", "url_user_parts", Ended("url_authority_and_colon", authority, ":"), "@", isOnce: false), ":", isOnce: true)), Column]);
    }

    /// <summary>Parts of the path that are not empty, float [N, 1].</summary>
    public string Depth { get; }

    /// <summary>Parts of the query, float [N, 1]; 0 where there is none, or an empty one.</summary>
    public string Parameters { get; }

    /// <summary>The host, string [N, 1].</summary>
    public string Host { get; }

    /// <summary>What follows the last dot of the last part of the path, string [N, 1], or all of it.</summary>
    public string LastPart { get; }

    /// <summary>1 where there is such a dot, float [N, 1].</summary>
    public string HasExtension { get; }

    private string Column => nodes.Integers("column", [-1, 1], 2);

    // The query ends with the question mark that was put there, unless there is none.
    private string CountParameters()
    {
        Split("url_parameters_and_one", Begun("url_query_parts", "&", query), "&", isOnce: false);
        string count = nodes.Node("Sub", "url_parameter_count", [nodes.Name("url_parameters_and_one_count"), nodes.Integer("one", 1)]);
        string isThere = nodes.Table("url_has_query", query, Attributes.Texts("keys_strings", ["", "?"]), Attributes.Floats("values_floats", [0, 0]), Attributes.Float("default_float", 1));
        return nodes.Node("Reshape", "url_parameters", [nodes.Node("Mul", "url_parameters_of_query", [nodes.Cast("url_parameter_number", count, DataType.Float), isThere]), Column]);
    }

    private string Ended(string step, string text, string end) => nodes.Node("StringConcat", step, [text, nodes.Text($"{step}_end", end)]);

    private string Begun(string step, string start, string text) => nodes.Node("StringConcat", step, [nodes.Text($"{step}_start", start), text]);

    private string Split(string step, string text, string delimiter, bool isOnce)
    {
        AttributeProto by = Attributes.Text("delimiter", delimiter);
        nodes.Node("StringSplit", [step, $"{step}_count"], [text], isOnce ? [by, Attributes.Integer("maxsplit", 1)] : [by]);
        return nodes.Name(step);
    }

    private string First(string step, string parts) => Part(step, parts, 0);

    private string Part(string step, string parts, long index) =>
        nodes.Node("Gather", step, [parts, nodes.Integers($"{step}_index", [index])], Attributes.Integer("axis", 1));

    private string Last(string step, string parts, string text, string delimiter, bool isOnce) =>
        At(step, Split(parts, text, delimiter, isOnce), nodes.Node("Sub", $"{step}_place", [nodes.Name($"{parts}_count"), nodes.Integer("one", 1)]));

    private string At(string step, string parts, string places)
    {
        string column = nodes.Node("Unsqueeze", $"{step}_column", [places, nodes.Integer("one", 1)]);
        return nodes.Node("Reshape", step, [nodes.Node("GatherElements", $"{step}_text", [parts, column], Attributes.Integer("axis", 1)), nodes.Integers("rows", [-1], 1)]);
    }

    private string IsText(string step, string texts) =>
        nodes.Table(step, texts, Attributes.Texts("keys_strings", [""]), Attributes.Floats("values_floats", [0]), Attributes.Float("default_float", 1));

    private string AsColumn(string step, string truths) => nodes.Node("Reshape", $"{step}_column", [nodes.Cast(step, truths, DataType.Float), Column]);
}
