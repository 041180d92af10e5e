using System.Collections.Immutable;
using System.Numerics;
using Lifecycle.OnnxModels.Explanations;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.Models.Tests.Explanations;

/// <summary>Tree SHAP against the definition: the average over all subsets of known features, weighted as Shapley weighs them.</summary>
public sealed class TreeShapTests
{
    private const int FeatureCount = 5;

    [Fact]
    public void Add_OfRandomTrees_IsShapleysValueOfThePathDependentMean()
    {
        Random random = new(41);
        for (int round = 0; round < 60; round++)
        {
            DecisionTree tree = Grow(random, leaves: 2 + random.Next(12));
            float[] row = [.. Enumerable.Range(0, FeatureCount).Select(_ => random.Next(5) == 0 ? float.NaN : random.Next(-3, 4))];
            double[] found = Contributions(tree, row);

            for (int feature = 0; feature < FeatureCount; feature++)
            {
                Assert.Equal(Shapley(tree, row, feature), found[feature], 1e-9);
            }

            Assert.Equal(Expected(tree, row, known: (1 << FeatureCount) - 1), new TreeShap(tree).Mean + found.Sum(), 1e-9);
        }
    }

    [Fact]
    public void Add_OfATreeThatSplitsTwiceOnOneFeature_GivesItAll()
    {
        DecisionTree tree = new() { Features = [1, 1], Thresholds = [0, 2], Left = [-1, -2], Right = [1, -3], Leaves = [1, 2, 4], LeafRows = [2, 1, 1] };

        double[] found = Contributions(tree, [9, 3, 9, 9, 9]);

        Assert.Equal(2, new TreeShap(tree).Mean, 1e-12);
        Assert.Equal([0, 2, 0, 0, 0], found);
    }

    [Fact]
    public void Add_OfAnEmptyLeaf_LeavesItOut()
    {
        DecisionTree tree = new() { Features = [0, 1], Thresholds = [0, 0], Left = [1, -1], Right = [-3, -2], Leaves = [1, 5, 2], LeafRows = [3, 0, 1] };

        foreach (float[] row in (float[][])[[-1, -1, 0, 0, 0], [-1, 1, 0, 0, 0], [1, 1, 0, 0, 0]])
        {
            double[] found = Contributions(tree, row);

            Assert.All(found, value => Assert.True(double.IsFinite(value)));
            Assert.All(Enumerable.Range(0, FeatureCount), feature => Assert.Equal(Shapley(tree, row, feature), found[feature], 1e-9));
        }
    }

    [Fact]
    public void Add_OfAConstant_AddsNothing()
    {
        TreeShap constant = new(new DecisionTree { Leaves = [0.5f] });

        Assert.Equal((0, 0.5), (constant.Depth, constant.Mean));
        Assert.Equal(new double[FeatureCount], Contributions(new DecisionTree { Leaves = [0.5f] }, [1, 2, 3, 4, 5]));
    }

    private static double[] Contributions(DecisionTree tree, float[] row)
    {
        TreeShap shap = new(tree);
        double[] contributions = new double[FeatureCount];
        shap.Add(row, contributions, new ShapPath(shap.Depth));
        return contributions;
    }

    // Invented: each new node takes the place of a leaf, as boosting grows trees.
    private static DecisionTree Grow(Random random, int leaves)
    {
        List<int> left = [-1];
        List<int> right = [-2];
        for (int leaf = 2; leaf < leaves; leaf++)
        {
            int split = random.Next(leaf);
            int node = left.Count;
            if (left.IndexOf(~split) is >= 0 and int at)
            {
                left[at] = node;
            }
            else
            {
                right[right.IndexOf(~split)] = node;
            }

            left.Add(~split);
            right.Add(~leaf);
        }

        return new DecisionTree
        {
            Features = [.. left.Select(_ => random.Next(FeatureCount))],
            Thresholds = [.. left.Select(_ => (float)random.Next(-3, 4))],
            Left = [.. left],
            Right = [.. right],
            MissingLeft = [.. Enumerable.Range(0, left.Count).Where(_ => random.Next(2) == 0)],
            Leaves = [.. Enumerable.Range(0, leaves).Select(_ => (float)(random.NextDouble() - 0.5))],
            LeafRows = [.. Enumerable.Range(0, leaves).Select(_ => 1 + random.Next(50))],
        };
    }

    private static double Shapley(DecisionTree tree, float[] row, int feature)
    {
        double sum = 0;
        for (int known = 0; known < 1 << FeatureCount; known++)
        {
            if ((known & (1 << feature)) == 0)
            {
                int size = BitOperations.PopCount((uint)known);
                double weight = Factorial(size) * Factorial(FeatureCount - size - 1) / Factorial(FeatureCount);
                sum += weight * (Expected(tree, row, known | (1 << feature)) - Expected(tree, row, known));
            }
        }

        return sum;
    }

    private static double Factorial(int number) => Enumerable.Range(1, number).Aggregate(1.0, (product, factor) => product * factor);

    private static double Expected(DecisionTree tree, float[] row, int known) => Below(tree, row, known, child: tree.Features.IsEmpty ? -1 : 0);

    private static double Below(DecisionTree tree, float[] row, int known, int child)
    {
        if (child < 0)
        {
            return tree.Leaves[~child];
        }

        float value = row[tree.Features[child]];
        bool goesLeft = float.IsNaN(value) ? tree.MissingLeft.Contains(child) : value <= tree.Thresholds[child];
        if ((known & (1 << tree.Features[child])) != 0)
        {
            return Below(tree, row, known, goesLeft ? tree.Left[child] : tree.Right[child]);
        }

        (double left, double right) = (RowsOf(tree, tree.Left[child]), RowsOf(tree, tree.Right[child]));
        return ((left * Below(tree, row, known, tree.Left[child])) + (right * Below(tree, row, known, tree.Right[child]))) / (left + right);
    }

    private static double RowsOf(DecisionTree tree, int child) => child < 0 ? tree.LeafRows[~child] : RowsOf(tree, tree.Left[child]) + RowsOf(tree, tree.Right[child]);
}
