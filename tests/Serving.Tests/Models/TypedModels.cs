using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.Serving.Tests.Models;

/// <summary>Models of typed columns whose answers can be told by hand: each is made of the number <c>x</c>, a missing one being 0.</summary>
internal static class TypedModels
{
    public static InputSchema Schema { get; } = new(
    [
        new() { Name = "place", Type = InputType.Category },
        new() { Name = "x", Type = InputType.Number, Nullable = true, Minimum = -100, Maximum = 100 },
        new() { Name = "at", Type = InputType.Timestamp, Nullable = true },
    ]);

    public static Target.Multiclass Damage { get; } = new() { Label = "damage", Classes = ["None", "Minor"] };

    public static Target.Regression Delay { get; } = new() { Label = "delay", Unit = "minutes" };

    /// <summary>The answer is <c>x</c>.</summary>
    public static byte[] Regression() => Compose(Delay, writer => writer.Node(OperatorDomains.Standard, "Reshape", "value", [Number(writer), Flat(writer)]));

    /// <summary>The answer is <c>x</c>, within one less and two more, of 90% of the labels.</summary>
    public static byte[] Within()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Regression());
        GraphWriter writer = new(model.Graph);
        foreach ((string name, float distance) in new[] { ("lower", -1f), ("upper", 2f) })
        {
            writer.Node(OperatorDomains.Standard, "Add", name, ["value", writer.Constant(Tensors.Floats($"to_{name}", [distance], 1))]);
            model.Graph.Output.Add(Tensors.Declare(name, DataType.Float));
        }

        return GraphWriter.Serialize(
            model.Graph, model.MetadataProps.ToDictionary(property => property.Key, property => property.Value).Concat(GraphContract.MetadataOf(new IntervalDefinition { Coverage = 0.9 })).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>The answer is <c>x</c>, the probability of 1.</summary>
    public static byte[] Binary(DecisionRule? decision = null) => Compose(new Target.Binary { Decision = decision }, writer => writer.Node(OperatorDomains.Standard, "Reshape", "probability", [Number(writer), Flat(writer)]));

    /// <summary>The probability of Minor is <c>x</c>.</summary>
    public static byte[] Multiclass() => Compose(Damage, writer =>
    {
        string minor = Number(writer);
        string none = writer.Node(OperatorDomains.Standard, "Sub", "none", [writer.Constant(Tensors.Floats("one", [1], 1)), minor]);
        writer.Node(OperatorDomains.Standard, "Concat", "probabilities", [none, minor], Attributes.Integer("axis", 1));
        string likeliest = writer.Node(OperatorDomains.Standard, "ArgMax", "likeliest", ["probabilities"], Attributes.Integer("axis", 1), Attributes.Integer("keepdims", 0));
        writer.Node(
            OperatorDomains.MachineLearning, "LabelEncoder", "label", [likeliest],
            Attributes.Integers("keys_int64s", [0, 1]), Attributes.Texts("values_strings", Damage.Classes), Attributes.Text("default_string", ""));
    });

    private static byte[] Compose(Target target, Action<GraphWriter> answer)
    {
        GraphProto graph = new() { Name = "typed" };
        graph.Input.AddRange(GraphSignature.Inputs(Schema));
        answer(new GraphWriter(graph));
        (string output, int rank) = GraphSignature.OutputOf(target);
        graph.Output.Add(Tensors.Declare(output, DataType.Float, rank == 1 ? null : target.Width));
        if (rank == 2)
        {
            graph.Output.Add(Tensors.Declare(GraphSignature.LabelName, DataType.String));
        }

        return GraphWriter.Serialize(graph, GraphContract.MetadataOf(Schema).Concat(GraphContract.MetadataOf(target)).ToDictionary(StringComparer.Ordinal));
    }

    private static string Number(GraphWriter writer)
    {
        string isMissing = writer.Node(OperatorDomains.Standard, "IsNaN", "is_missing", ["x"]);
        return writer.Node(OperatorDomains.Standard, "Where", "number", [isMissing, writer.Constant(Tensors.Floats("zero", [0], 1)), "x"]);
    }

    private static string Flat(GraphWriter writer) => writer.Constant(Tensors.Integers("flat", [-1], 1));
}
