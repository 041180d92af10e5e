using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Fits a <see cref="FeatureView"/> on the TrainingSet and compiles it to one ONNX graph, from one input for each column to
/// <c>features</c> (float [N, F]). Same rows and definition give the same bytes, in whatever order the rows come.
/// </summary>
public static class FeaturizerFit
{
    /// <summary>Fits the transforms on the rows of the TrainingSet, and on those alone.</summary>
    /// <param name="training">The rows; their labels are numbered as the target does.</param>
    /// <param name="view">The columns and the transforms.</param>
    /// <param name="target">What the labels are.</param>
    /// <exception cref="InvalidFeatureViewException">The view asks for what cannot be compiled, or leaves no feature at all.</exception>
    /// <exception cref="RefusedInputException">A row breaks the view's rules.</exception>
    public static FittedFeaturizer Fit(RowSet training, FeatureView view, Target target)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(target);
        FeatureViewRules.Demand(view);
        InputSchema schema = view.Schema;
        InputRows rows = new SchemaRules(schema).Normalize(training.Inputs);
        TrainingLabels labels = new(training, target);
        ImmutableArray<TrainingColumn> columns = [.. schema.Columns.Select((column, i) => new TrainingColumn(column, rows.Columns[i], schema.OnlyText is not null))];
        ImmutableArray<FittedTransform> fitted =
        [
            .. view.Transforms
                .SelectMany(transform => TransformFit.Fit(transform, [.. ColumnsOf(transform, schema).Select(column => columns[column])], labels))
                .Where(transform => transform.FeatureNames.Length > 0), // Operators refuse empty pools.
        ];
        if (fitted.IsEmpty)
        {
            throw new InvalidFeatureViewException($"none of its transforms found a feature in {training.Count} training rows; lower their minimumCount or bring more rows");
        }

        ImmutableArray<string> names = [.. fitted.SelectMany(transform => transform.FeatureNames)];
        if (names.CountBy(name => name, StringComparer.Ordinal).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
        {
            throw new InvalidFeatureViewException($"two features are called '{twice}'; rename a column, or keep one of the transforms that make it");
        }

        return new FittedFeaturizer(
            Compile(fitted, schema, names.Length, fold: null), names,
            fitted.Any(transform => transform.HasFolds) ? Compile(fitted, schema, names.Length, GraphSignature.FoldName) : null)
        {
            Columns = [.. fitted.Select(transform => new FeatureSpan(transform.Columns[0], transform.FeatureNames.Length) { With = transform.Columns.ElementAtOrDefault(1) })],
        };
    }

    private static IEnumerable<int> ColumnsOf(RowTransform transform, InputSchema schema) =>
        transform.Inputs.IsDefaultOrEmpty ? [0] : transform.Inputs.Select(schema.IndexOf);

    private static byte[] Compile(ImmutableArray<FittedTransform> transforms, InputSchema schema, int features, string? fold)
    {
        GraphProto graph = new() { Name = "featurizer" };
        GraphWriter writer = new(graph);
        FeaturizerGraph nodes = new(writer, schema, fold);
        graph.Input.AddRange(GraphSignature.Inputs(schema));
        if (fold is not null)
        {
            graph.Input.Add(Tensors.Declare(fold, DataType.Int64, 1));
        }

        ImmutableArray<string> parts = [.. transforms.Select(transform => transform.Compile(nodes))];
        writer.Node(OperatorDomains.Standard, "Concat", GraphSignature.FeaturesName, parts, Attributes.Integer("axis", 1));
        graph.Output.Add(Tensors.Declare(GraphSignature.FeaturesName, DataType.Float, features));
        return GraphWriter.Serialize(graph, GraphContract.MetadataOf(schema));
    }
}
