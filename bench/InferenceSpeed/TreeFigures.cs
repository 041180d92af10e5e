using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.InferenceSpeed;

/// <summary>500 trees of 31 leaves over 20 numeric columns, from generated rows.</summary>
internal static unsafe class TreeFigures
{
    private const int Columns = 20;
    private const int TrainingRowCount = 40_000;
    private const int BatchRowCount = 256;

    public static IEnumerable<string> Measure()
    {
        InputSchema schema = new([.. Enumerable.Range(0, Columns).Select(column => new InputColumn { Name = $"c{column}", Type = InputType.Number })]);
        RowSet training = Rows(schema, TrainingRowCount, seed: 1);
        Target target = new Target.Regression();
        FeatureView view = new() { Key = "id", Inputs = schema.Columns, Transforms = [new RowTransform.Numeric { Inputs = [.. schema.Columns.Select(column => column.Name)] }] };
        FittedFeaturizer featurizer = FeaturizerFit.Fit(training, view, target);
        using FeatureReader reader = new(featurizer.Onnx);
        TrainedModel model = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(new TrainingOrder(
            target, new TrainerDefinition.LightGbm { Objective = TrainingObjective.Squared, Trees = 500, Leaves = 31 }, TrainingRows.Of(reader, training)));
        byte[] onnx = ModelGraph.Compose(featurizer.Onnx, model.Fragment, target, ImmutableSortedDictionary<string, string>.Empty);
        yield return string.Create(CultureInfo.InvariantCulture, $"model.onnx has {onnx.Length:N0} bytes ({((TreeEnsemble)model.Fragment).Trees.Sum(tree => tree.Leaves.Length):N0} leaves); LightGBM's text {model.NativeModel.Length:N0}");
        yield return "";
        yield return Blocks.Heading;
        foreach (string row in Sides(onnx, model, Rows(schema, BatchRowCount, seed: 2).Inputs))
        {
            yield return row;
        }
    }

    private static List<string> Sides(byte[] onnx, TrainedModel model, InputRows batch)
    {
        using OnnxScorer scorer = new(onnx);
        float[] rows = [.. Enumerable.Range(0, BatchRowCount).SelectMany(row => batch.Columns.Select(column => ((InputValues.Numbers)column).Values[row]))];
        NativeTrees native = new(model.NativeModel, Columns);
        InputRows[] singles = [.. Enumerable.Range(0, BatchRowCount).Select(row => batch.Slice(row..(row + 1)))];
        float[] one = new float[Columns];
        double[] answers = new double[BatchRowCount];
        using TensorGraph single = new(model.Fragment, one, 1);
        using TensorGraph whole = new(model.Fragment, rows, BatchRowCount);
        int at = 0;
        fixed (float* values = rows)
        fixed (double* found = answers)
        {
            (nint from, nint to) = ((nint)values, (nint)found);
            List<string> table =
            [
                .. Blocks.Measure(
                    "one row", 1, 41, 2000,
                    ("LightGBM, single row fast", () => native.Predict((float*)from + (Next() * Columns))),
                    ("ONNX Runtime, one tensor", () =>
                    {
                        rows.AsSpan(Next() * Columns, Columns).CopyTo(one);
                        single.Run();
                    }),
                    ("product, twenty named inputs", () => scorer.Score(singles[Next()]))),
                .. Blocks.Measure(
                    "256 rows", BatchRowCount, 41, 100,
                    ("LightGBM, matrix", () => native.Predict((float*)from, BatchRowCount, (double*)to)),
                    ("ONNX Runtime, one tensor", whole.Run),
                    ("product, twenty named inputs", () => scorer.Score(batch))),
            ];
            DemandAlike(answers, whole.Answers.Span, scorer.Score(batch));
            return table;
        }

        int Next() => at = (at + 1) % BatchRowCount;
    }

    private static void DemandAlike(double[] native, ReadOnlySpan<float> tensor, Answers product)
    {
        for (int row = 0; row < native.Length; row++)
        {
            if (Math.Abs(native[row] - tensor[row]) > 1e-3 || Math.Abs(native[row] - product.Of(row)[0]) > 1e-3)
            {
                throw new InvalidOperationException($"Row {row}: LightGBM says {native[row]}, the tensor {tensor[row]}, the product {product.Of(row)[0]}.");
            }
        }
    }

    private static RowSet Rows(InputSchema schema, int count, int seed)
    {
        Random random = new(seed);
        float[][] columns = [.. Enumerable.Range(0, Columns).Select(_ => Enumerable.Range(0, count).Select(_ => (float)random.NextDouble()).ToArray())];
        return new RowSet
        {
            Inputs = new InputRows(schema, [.. columns.Select(column => (InputValues)new InputValues.Numbers(ImmutableCollectionsMarshal.AsImmutableArray(column)))]),
            Labels = [.. Enumerable.Range(0, count).Select(row => (columns[0][row] * 10.0) + (columns[1][row] > 0.5 ? 3 : 0) - (columns[2][row] * columns[3][row] * 5) + (columns[4][row] * random.NextDouble()))],
        };
    }
}
