using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// Reads trees and link out of the text that LightGBM writes (<c>src/io/gbdt_model_text.cpp</c> and <c>tree.cpp</c> of version 4).
/// </summary>
/// <remarks>
/// A row goes left when its feature, a float, is at or below a threshold that is a double: the largest float at or below it gives the
/// same answer, the nearest one does not. Bit 1 of a decision type says that missing values go left, bits 2 and 3 what counts as missing:
/// nothing (NaN then goes where 0 goes), zero, or NaN.
/// </remarks>
internal static class ModelText
{
    private const int Categorical = 1;
    private const int DefaultLeft = 2;
    private const int MissingShift = 2;
    private const int MissingIsZero = 1;
    private const int MissingIsNaN = 2;

    /// <summary>The ensemble of a model.</summary>
    /// <exception cref="NotSupportedException">It holds what our trainers never ask for, such as categorical splits.</exception>
    public static TreeEnsemble Read(ReadOnlySpan<byte> model)
    {
        (ImmutableDictionary<string, string> header, ImmutableArray<ImmutableDictionary<string, string>> trees) = Blocks(model);
        ScoreLink link = LinkOf(header["objective"]);
        float bias = link is ScoreLink.Identity or ScoreLink.Exponential && trees.Length > 0 ? Middle(trees[0]) : 0;
        return new TreeEnsemble
        {
            FeatureCount = int.Parse(header["max_feature_idx"], CultureInfo.InvariantCulture) + 1,
            Outputs = int.Parse(header["num_tree_per_iteration"], CultureInfo.InvariantCulture),
            Link = link,
            Bias = bias,
            Trees = [.. trees.Select((tree, index) => TreeOf(tree, index == 0 ? bias : 0))],
        };
    }

    /// <summary>By how much the splits of each feature lowered the objective, over all trees.</summary>
    public static ImmutableArray<double> ReadGains(ReadOnlySpan<byte> model)
    {
        (ImmutableDictionary<string, string> header, ImmutableArray<ImmutableDictionary<string, string>> trees) = Blocks(model);
        double[] gains = new double[int.Parse(header["max_feature_idx"], CultureInfo.InvariantCulture) + 1];
        foreach (ImmutableDictionary<string, string> tree in trees.Where(tree => tree["num_leaves"] != "1"))
        {
            foreach ((int feature, double gain) in Integers(tree, "split_feature").Zip(Numbers(tree, "split_gain")))
            {
                gains[feature] += gain;
            }
        }

        return [.. gains];
    }

    private static (ImmutableDictionary<string, string> Header, ImmutableArray<ImmutableDictionary<string, string>> Trees) Blocks(ReadOnlySpan<byte> model)
    {
        string[] blocks = Encoding.UTF8.GetString(model).Split("\nTree=");
        return (Fields(blocks[0]), [.. blocks.Skip(1).Select(block => Fields(block[..End(block)]))]);
    }

    // The last tree is followed by statistics of the training.
    private static int End(string block) => block.IndexOf("\nend of trees", StringComparison.Ordinal) is >= 0 and var end ? end : block.Length;

    private static ImmutableDictionary<string, string> Fields(string block) => block.Split('\n')
        .Select(line => line.Split('=', 2)).Where(field => field.Length == 2)
        .ToImmutableDictionary(field => field[0], field => field[1], StringComparer.Ordinal);

    private static ScoreLink LinkOf(string objective) => objective.Split(' ') switch
    {
        ["binary", var sigmoid] when sigmoid.Split(':') is ["sigmoid", var slope] => new ScoreLink.Logistic(float.Parse(slope, CultureInfo.InvariantCulture), 0),
        ["multiclass", ..] => new ScoreLink.Softmax(),
        ["regression"] or ["regression_l1"] or ["huber", ..] or ["quantile", ..] => new ScoreLink.Identity(),
        ["poisson"] or ["gamma"] or ["tweedie", ..] => new ScoreLink.Exponential(),
        _ => throw new NotSupportedException($"The objective '{objective}' is not read."),
    };

    // LightGBM adds the labels' mean (or median) to the leaves of the first tree. Sums of floats stay exact for longer without it.
    private static float Middle(ImmutableDictionary<string, string> tree)
    {
        ImmutableArray<double> leaves = Numbers(tree, "leaf_value");
        ImmutableArray<double> counts = leaves.Length == 1 ? [1] : Numbers(tree, "leaf_count");
        return (float)(leaves.Zip(counts, (leaf, count) => leaf * count).Sum() / counts.Sum());
    }

    private static DecisionTree TreeOf(ImmutableDictionary<string, string> fields, float bias)
    {
        ImmutableArray<float> leaves = [.. Numbers(fields, "leaf_value").Select(value => (float)(value - bias))];
        if (leaves.Length == 1)
        {
            return new DecisionTree { Leaves = leaves };
        }

        ImmutableArray<int> decisions = Integers(fields, "decision_type");
        ImmutableArray<double> thresholds = Numbers(fields, "threshold");
        return new DecisionTree
        {
            Features = Integers(fields, "split_feature"),
            Thresholds = [.. thresholds.Select(FloatAtOrBelow)],
            Left = Integers(fields, "left_child"),
            Right = Integers(fields, "right_child"),
            MissingLeft = [.. Enumerable.Range(0, decisions.Length).Where(node => GoesMissingLeft(decisions[node], thresholds[node]))],
            LeafRows = Integers(fields, "leaf_count"),
            Leaves = leaves,
        };
    }

    private static bool GoesMissingLeft(int decision, double threshold) => (decision & Categorical, decision >> MissingShift) switch
    {
        (Categorical, _) => throw new NotSupportedException("A tree has a categorical split, which no trainer of ours asks for."),
        (_, MissingIsZero) => throw new NotSupportedException("A tree takes zero for missing, which no trainer of ours asks for."),
        (_, MissingIsNaN) => (decision & DefaultLeft) != 0,
        _ => 0 <= threshold,
    };

    /// <summary>The largest float that is not above a threshold; what is above every float becomes the largest of all.</summary>
    internal static float FloatAtOrBelow(double threshold)
    {
        float nearest = (float)threshold;
        return float.IsPositiveInfinity(nearest) ? float.MaxValue : nearest > threshold ? float.BitDecrement(nearest) : nearest;
    }

    private static ImmutableArray<double> Numbers(ImmutableDictionary<string, string> fields, string name) =>
        [.. fields[name].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static ImmutableArray<int> Integers(ImmutableDictionary<string, string> fields, string name) =>
        [.. fields[name].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
}
