using System.Text;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Matrices;

namespace Lifecycle.Models.Tests.Training;

public sealed class ModelTextTests
{
    [Theory]
    [InlineData(0.5, 0.5f)]
    [InlineData(0.1, 0.099999994f)] // The nearest float, 0.1f, lies above.
    [InlineData(-0.1, -0.1f)]
    [InlineData(1.0000000180025095e-35, 1.0000000180025095e-35f)] // LightGBM's zero threshold is a float.
    [InlineData(double.PositiveInfinity, float.MaxValue)]
    [InlineData(1e300, float.MaxValue)]
    public void Threshold_BetweenTwoFloats_IsTheLowerOne(double threshold, float expected)
    {
        float found = ModelText.FloatAtOrBelow(threshold);

        Assert.Equal(expected, found);
        Assert.True(found <= threshold);
        Assert.True(found == float.MaxValue || float.BitIncrement(found) > threshold);
    }

    [Theory]
    [InlineData(2, 1.5, false)] // Nothing counts as missing: NaN goes where 0 goes, whatever the default.
    [InlineData(0, 1.5, false)]
    [InlineData(2, -1.5, true)]
    [InlineData(8, 1.5, true)] // NaN counts as missing, and the default is right.
    [InlineData(10, -1.5, false)] // NaN counts as missing, and the default is left.
    public void Missing_ByDecisionTypeAndThreshold_GoesWhereLightGbmSendsIt(int decision, double threshold, bool goesRight)
    {
        DecisionTree tree = Assert.Single(ModelText.Read(Text(decision, threshold)).Trees);

        Assert.Equal(goesRight, !tree.MissingLeft.Contains(0));
    }

    [Theory]
    [InlineData(1)] // A categorical split.
    [InlineData(6)] // Zero counts as missing.
    public void Decision_ThatNoTrainerAsksFor_IsRefused(int decision) =>
        Assert.Throws<NotSupportedException>(() => ModelText.Read(Text(decision, 1)));

    [Fact]
    public void RowsAndGains_OfATree_AreReadWithIt()
    {
        Assert.Equal([70, 30], Assert.Single(ModelText.Read(Text(2, 1)).Trees).LeafRows);
        Assert.Equal([12.5], ModelText.ReadGains(Text(2, 1)));
    }

    [Fact]
    public void Objective_OfAnotherTask_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => ModelText.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Text(2, 1)).Replace("binary sigmoid:1", "lambdarank", StringComparison.Ordinal))));

    [Fact]
    public void Predictions_OfRowsWithMissingValues_AreThoseOfTheEnsemble()
    {
        // Invented: the label follows one column where it is known, and the fact that it is missing where it is not.
        Random random = new(5);
        float[][] rows = [.. Enumerable.Range(0, 2000).Select(_ => new[]
        {
            random.Next(4) == 0 ? float.NaN : (float)random.NextDouble(),
            (float)random.NextDouble() - 0.5f,
            random.Next(3) == 0 ? float.NaN : random.Next(5),
        })];
        float[] labels = [.. rows.Select(row => float.IsNaN(row[0]) ? 1f : row[0] + row[1] > 0.7f ? 1f : 0f)];
        string parameters = Parameters.Binary(leaves: 15, learningRate: 0.1, minimumRowsPerLeaf: 5, featureShare: 1, l2: 0, seed: 7, threads: 1);
        using BinnedRows binned = new(Matrix(rows), labels, [], parameters);
        using Booster booster = Booster.Begin(binned, validation: null, parameters);
        for (int tree = 0; tree < 30 && booster.Grow(); tree++)
        {
        }

        byte[] text = booster.Save();
        TreeEnsemble ensemble = ModelText.Read(text);
        using Booster again = Booster.Load(text);
        double[] native = again.Predict(Matrix(rows), threads: 1);

        Assert.Contains(ensemble.Trees, tree => !tree.MissingLeft.IsEmpty);
        Assert.All(rows.Zip(native), row => Assert.Equal(row.Second, Probability(ensemble, row.First), 1e-6));
    }

    private static DenseRows Matrix(float[][] rows) => new([.. rows.SelectMany(row => row)], rows[0].Length);

    private static double Probability(TreeEnsemble ensemble, float[] row) =>
        1 / (1 + Math.Exp(-(ensemble.Bias + ensemble.Trees.Sum(tree => (double)Leaf(tree, row)))));

    private static float Leaf(DecisionTree tree, float[] row)
    {
        int at = tree.Features.IsEmpty ? ~0 : 0;
        while (at >= 0)
        {
            float value = row[tree.Features[at]];
            bool left = float.IsNaN(value) ? tree.MissingLeft.Contains(at) : value <= tree.Thresholds[at];
            at = left ? tree.Left[at] : tree.Right[at];
        }

        return tree.Leaves[~at];
    }

    private static byte[] Text(int decision, double threshold) => Encoding.UTF8.GetBytes(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"""
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        max_feature_idx=0
        objective=binary sigmoid:1
        feature_names=Column_0

        Tree=0
        num_leaves=2
        num_cat=0
        split_feature=0
        split_gain=12.5
        threshold={threshold:R}
        decision_type={decision}
        left_child=-1
        right_child=-2
        leaf_value=-0.25 0.75
        leaf_count=70 30
        shrinkage=0.1


        end of trees

        feature_importances:
        Column_0=1
        """));
}
