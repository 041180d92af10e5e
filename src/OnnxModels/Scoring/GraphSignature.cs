using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// What a graph of this product takes and gives: one input of shape [N, 1] for each column, a second one for a column whose values may be
/// missing and whose tensor type has nothing that says so, and the outputs of its target.
/// </summary>
internal static class GraphSignature
{
    /// <summary>Output of a binary target: the probability of the positive class, float [N].</summary>
    public const string ProbabilityName = GraphNames.Probability;

    /// <summary>Output of a multiclass target: the probability of each class, float [N, classes].</summary>
    public const string ProbabilitiesName = GraphNames.Probabilities;

    /// <summary>Second output of a multiclass target: the likeliest class, string [N].</summary>
    public const string LabelName = GraphNames.Label;

    /// <summary>Output of a regression: the number, float [N].</summary>
    public const string ValueName = GraphNames.Value;

    /// <summary>Output of a featurizer: the feature vector, float [N, features].</summary>
    public const string FeaturesName = GraphNames.Features;

    /// <summary>Inside a model's graph, between trained part and link: the raw scores, float [N, scores].</summary>
    public const string ScoresName = "/score";

    /// <summary>Input of a featurizer for training rows that no column has: the number of the row's fold, int64 [N, 1].</summary>
    public const string FoldName = "training/fold";

    /// <summary>Ends the name of the input that says whether a value is there, bool [N, 1].</summary>
    public const string PresenceSuffix = GraphNames.PresenceSuffix;

    /// <summary>Whether a column has a second input that says whether a value is there; a missing number is NaN.</summary>
    public static bool HasPresence(InputColumn column) => column is { Nullable: true, Type: not InputType.Number };

    /// <summary>The inputs of a graph with these columns, in their order.</summary>
    public static IEnumerable<ValueInfoProto> Inputs(InputSchema schema)
    {
        foreach (InputColumn column in schema.Columns)
        {
            yield return Tensors.Declare(column.Name, TypeOf(column.Type), 1);
            if (HasPresence(column))
            {
                yield return Tensors.Declare(column.Name + PresenceSuffix, DataType.Bool, 1);
            }
        }
    }

    /// <summary>The output with a target's answers, and its rank.</summary>
    public static (string Name, int Rank) OutputOf(Target target) => target.Answer switch
    {
        AnswerForm.Probability => (ProbabilityName, 1),
        AnswerForm.Probabilities => (ProbabilitiesName, 2),
        _ => (ValueName, 1),
    };

    /// <exception cref="InvalidOnnxModelException">The graph's inputs are not those of its contract.</exception>
    public static void DemandInputs(GraphProto graph, GraphContract contract, bool withFold)
    {
        List<ValueInfoProto> expected = contract.OfOneRank
            ? [Tensors.Declare(contract.Schema.Columns[0].Name, DataType.String)]
            : [.. Inputs(contract.Schema), .. withFold ? [Tensors.Declare(FoldName, DataType.Int64, 1)] : Array.Empty<ValueInfoProto>()];
        bool fits = expected.Count == graph.Input.Count && expected.Zip(graph.Input).All(pair => Fits(pair.Second, pair.First.Name, (DataType)pair.First.Type.TensorType.ElemType, pair.First.Type.TensorType.Shape.Dim.Count));
        if (!fits)
        {
            throw new InvalidOnnxModelException($"the graph's inputs are [{Describe(graph.Input)}]; expected [{Describe(expected)}]");
        }
    }

    /// <summary>The outputs of a graph: the one that is named, and what stands beside it.</summary>
    public static string[] OutputsBeside(string output, bool hasIntervals) => (output, hasIntervals) switch
    {
        (ProbabilitiesName, _) => [LabelName],
        (ValueName, true) => [GraphNames.Lower, GraphNames.Upper],
        _ => [],
    };

    /// <exception cref="InvalidOnnxModelException">The graph's outputs are others.</exception>
    public static void Demand(GraphProto graph, string output, int outputRank, bool hasIntervals = false)
    {
        DataType typeBeside = output == ProbabilitiesName ? DataType.String : DataType.Float;
        string[] beside = OutputsBeside(output, hasIntervals);
        if (graph.Output.Count != 1 + beside.Length || !Fits(graph.Output[0], output, DataType.Float, outputRank) || beside.Where((name, i) => !Fits(graph.Output[1 + i], name, typeBeside, 1)).Any())
        {
            throw new InvalidOnnxModelException(
                $"the graph's outputs are [{Describe(graph.Output)}]; expected one output '{output}', {DataType.Float} of rank {outputRank}{string.Concat(beside.Select(name => $", and '{name}', {typeBeside} of rank 1"))}");
        }

        if (outputRank == 2 && Width(graph.Output[0]) is var width and (< 1 or > int.MaxValue))
        {
            throw new InvalidOnnxModelException($"the graph's output '{output}' declares {width} columns; expected at least 1");
        }
    }

    /// <summary>The declared number of columns of an output of rank 2; 0 when it is left open.</summary>
    public static long Width(ValueInfoProto output) => output.Type.TensorType.Shape.Dim[1].DimValue;

    private static bool Fits(ValueInfoProto value, string name, DataType type, int rank) =>
        value.Name == name && value.Type?.TensorType is { } tensor && tensor.ElemType == (int)type && tensor.Shape?.Dim.Count == rank;

    private static DataType TypeOf(InputType type) => type switch
    {
        InputType.Number => DataType.Float,
        InputType.Integer or InputType.Timestamp => DataType.Int64,
        InputType.Boolean => DataType.Bool,
        _ => DataType.String,
    };

    private static string Describe(IEnumerable<ValueInfoProto> values) => string.Join(", ", values.Select(value =>
        $"{InputQuote.Of(value.Name)} {(DataType)(value.Type?.TensorType?.ElemType ?? 0)} of rank {value.Type?.TensorType?.Shape?.Dim.Count ?? 0}"));
}
