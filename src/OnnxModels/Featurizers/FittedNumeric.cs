using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>A number: imputed, clipped, log1p, standardised, or the number of its bin; and whether it is missing.</summary>
/// <param name="Column">The column.</param>
/// <param name="Definition">What is asked for.</param>
/// <param name="Imputed">What a missing value becomes; null where it stays NaN.</param>
internal sealed record FittedNumeric(InputColumn Column, RowTransform.Numeric Definition, float? Imputed)
    : FittedTransform([NumericNames.Of(Column.Name, Definition), .. Definition.Indicator ? [$"missing({Column.Name})"] : Array.Empty<string>()])
{
    /// <summary>What is taken off, of a standardised value.</summary>
    public float Centre { get; init; }

    /// <summary>What the rest is multiplied with; 0 for a constant column.</summary>
    public float Scale { get; init; }

    /// <summary>The largest value of each bin but the last.</summary>
    public ImmutableArray<float> Edges { get; init; } = [];

    /// <summary>The clipped value or its logarithm, as the graph computes it.</summary>
    public float Shape(float value)
    {
        float clipped = value < (float?)Definition.Minimum ? (float)Definition.Minimum!.Value : value;
        clipped = clipped > (float?)Definition.Maximum ? (float)Definition.Maximum!.Value : clipped;
        return Definition.Log1p ? (float)Math.CopySign(Math.Log(1 + Math.Abs((double)clipped)), clipped) : clipped;
    }

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Column];
        string value = nodes.Numbers;
        string missing = Definition.Indicator || Imputed is not null || Definition.Bins is not null ? nodes.Node("IsNaN", "numeric_missing", [value]) : "";
        string imputed = Imputed is { } constant ? nodes.Node("Where", "numeric_imputed", [missing, nodes.Float("numeric_constant", constant), value]) : value;
        string shaped = Log(nodes, Clipped(nodes, imputed));
        string feature = Definition.Bins is null ? Standardised(nodes, shaped) : Binned(nodes, shaped, missing);
        return nodes.Beside("numeric", Definition.Indicator ? [feature, nodes.Cast("numeric_indicator", missing, DataType.Float)] : [feature]);
    }

    // Comparisons with NaN are false: it stays what it is, which the operators Clip and Sign do not promise.
    private string Clipped(ColumnNodes nodes, string value)
    {
        if (Definition.Minimum is { } minimum)
        {
            string bound = nodes.Float("numeric_minimum", (float)minimum);
            value = nodes.Node("Where", "numeric_from", [nodes.Node("Less", "numeric_below", [value, bound]), bound, value]);
        }

        if (Definition.Maximum is { } maximum)
        {
            string bound = nodes.Float("numeric_maximum", (float)maximum);
            value = nodes.Node("Where", "numeric_to", [nodes.Node("Greater", "numeric_above", [value, bound]), bound, value]);
        }

        return value;
    }

    // In doubles, whose last bits the float at the end rounds away: Log gives others to a row alone than to one in a batch, and a tree's
    // threshold may lie between the two.
    private string Log(ColumnNodes nodes, string value)
    {
        if (!Definition.Log1p)
        {
            return value;
        }

        string one = nodes.Cast("numeric_one", nodes.Integer("numeric_whole_one", 1), DataType.Double);
        string size = nodes.Node("Add", "numeric_size", [nodes.Cast("numeric_absolute", nodes.Node("Abs", "numeric_absolute_float", [value]), DataType.Double), one]);
        string logarithm = nodes.Cast("numeric_log", nodes.Node("Log", "numeric_exact_log", [size]), DataType.Float);
        string isNegative = nodes.Node("Less", "numeric_negative", [value, nodes.Float("numeric_zero", 0)]);
        return nodes.Node("Where", "numeric_log1p", [isNegative, nodes.Node("Neg", "numeric_minus_log", [logarithm]), logarithm]);
    }

    private string Standardised(ColumnNodes nodes, string value) => Definition.Standardise
        ? nodes.Node("Mul", "numeric_standardised", [nodes.Node("Sub", "numeric_centred", [value, nodes.Float("numeric_centre", Centre)]), nodes.Float("numeric_scale", Scale)])
        : value;

    private string Binned(ColumnNodes nodes, string value, string missing)
    {
        string above = nodes.Node("Greater", "numeric_above_edges", [value, nodes.Floats("numeric_edges", [.. Edges], 1, Edges.Length)]);
        string bin = nodes.Node("ReduceSum", "numeric_bin", [nodes.Cast("numeric_edges_passed", above, DataType.Float), nodes.Integer("numeric_axis", 1)]);
        return Imputed is null ? nodes.Node("Where", "numeric_known_bin", [missing, nodes.Float("numeric_nan", float.NaN), bin]) : bin;
    }
}
