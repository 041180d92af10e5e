using System.Text;
using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.Models.Tests.OnnxModels;

public sealed class FragmentDocumentTests
{
    private static readonly DecisionTree Stump = new() { Features = [0], Thresholds = [1.5f], Left = [-1], Right = [-2], Leaves = [-0.25f, 0.25f] };
    private static readonly TreeEnsemble Small = new() { FeatureCount = 2, Link = new ScoreLink.Logistic(1, 0), Trees = [Stump] };

    private static readonly LinearScores Linear = new() { FeatureCount = 2, Link = new ScoreLink.Exponential(), Means = [1, 0], Scales = [0.5f, 0], Reach = [3, 0], Weights = [-0.25f, 0], Intercepts = [4] };

    [Fact]
    public void Write_ThenRead_GivesTheSameBytesAgain()
    {
        byte[] document = FragmentDocument.Write(TrainedModels.Ensemble);

        Assert.Equal(document, FragmentDocument.Write(FragmentDocument.Read(document)));
    }

    [Fact]
    public void Write_SmallEnsemble_IsCompactJson() => Assert.Equal(
        """{"type":"treeEnsemble","featureCount":2,"link":{"type":"logistic","slope":1,"offset":0},"outputs":1,"bias":0,"trees":[{"features":[0],"thresholds":[1.5],"left":[-1],"right":[-2],"missingLeft":[],"leafRows":[],"leaves":[-0.25,0.25]}]}""",
        Encoding.UTF8.GetString(FragmentDocument.Write(Small)));

    [Fact]
    public void Read_DocumentFromBeforeThereWereKinds_IsTreesWithALogisticLink()
    {
        byte[] old = Encoding.UTF8.GetBytes(
            """{"featureCount":2,"bias":0.5,"link":{"slope":2,"offset":-1},"trees":[{"features":[0],"thresholds":[1.5],"left":[-1],"right":[-2],"missingLeft":[],"leaves":[-0.25,0.25]}]}""");

        TreeEnsemble read = Assert.IsType<TreeEnsemble>(FragmentDocument.Read(old));

        Assert.Equal((2, 1, 0.5f), (read.FeatureCount, read.Outputs, read.Bias));
        Assert.Equal(new ScoreLink.Logistic(2, -1), read.Link);
        Assert.Equal([-0.25f, 0.25f], Assert.Single(read.Trees).Leaves);
    }

    [Fact]
    public void Write_SeveralOutputs_ReadBackWithTheirLink()
    {
        TreeEnsemble ensemble = Small with { Outputs = 3, Link = new ScoreLink.Softmax(), Trees = [Stump, Stump, Stump] };

        ModelFragment read = FragmentDocument.Read(FragmentDocument.Write(ensemble));

        Assert.Equal((3, new ScoreLink.Softmax()), (read.ScoreCount, read.Link));
    }

    [Fact]
    public void Write_LinearScores_IsCompactJson_AndReadsBack()
    {
        string document = """{"type":"linear","featureCount":2,"link":{"type":"exponential"},"means":[1,0],"scales":[0.5,0],"reach":[3,0],"weights":[-0.25,0],"intercepts":[4]}""";

        Assert.Equal(document, Encoding.UTF8.GetString(FragmentDocument.Write(Linear)));
        Assert.Equal(document, Encoding.UTF8.GetString(FragmentDocument.Write(FragmentDocument.Read(Encoding.UTF8.GetBytes(document)))));
    }

    [Fact]
    public void Write_UnsoundLinearScores_SaysWhere()
    {
        Assert.Contains("means has 1 numbers; expected 2", Refusal(Linear with { Means = [1] }), StringComparison.Ordinal);
        Assert.Contains("scales has a number that is not finite", Refusal(Linear with { Scales = [1, float.NaN] }), StringComparison.Ordinal);
        Assert.Contains("scales has a negative number", Refusal(Linear with { Scales = [1, -1] }), StringComparison.Ordinal);
        Assert.Contains("reach has a negative number", Refusal(Linear with { Reach = [1, -1] }), StringComparison.Ordinal);
        Assert.Contains("weights has 2 numbers; expected 4", Refusal(Linear with { Intercepts = [1, 2] }), StringComparison.Ordinal);
        Assert.Contains("intercepts has 0 numbers; expected 1", Refusal(Linear with { Intercepts = [] }), StringComparison.Ordinal);

        static string Refusal(LinearScores scores) => Assert.Throws<InvalidFragmentException>(() => FragmentDocument.Write(scores)).Message;
    }

    [Fact]
    public void Write_AwkwardFloats_KeepTheirBits()
    {
        float[] awkward = [float.Epsilon, float.MaxValue, -0f, 0.1f, 1 / 3f, MathF.BitIncrement(1)];
        TreeEnsemble ensemble = new() { FeatureCount = 1, Trees = [.. awkward.Select(value => new DecisionTree { Leaves = [value] })] };

        TreeEnsemble read = (TreeEnsemble)FragmentDocument.Read(FragmentDocument.Write(ensemble));

        Assert.Equal(awkward.Select(BitConverter.SingleToInt32Bits), read.Trees.Select(tree => BitConverter.SingleToInt32Bits(tree.Leaves[0])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"featureCount":"two","trees":[]}""")]
    [InlineData("""{"trees":[]}""")]
    [InlineData("""{"featureCount":1,"trees":[null]}""")]
    [InlineData("""{"featureCount":1,"trees":[{}]}""")]
    [InlineData("""{"featureCount":1,"trees":[{"leaves":null}]}""")]
    [InlineData("""{"featureCount":1,"trees":[{"leaves":[0],"features":null}]}""")]
    [InlineData("""{"featureCount":1,"trees":[{"leaves":[NaN]}]}""")]
    [InlineData("""{"featureCount":1,"trees":[{"leaves":[0]}],"link":null}""")]
    [InlineData("""{"featureCount":1,"trees":[{"leaves":[0]}],"link":{"type":"probit"}}""")]
    [InlineData("""{"type":"forest","featureCount":1,"trees":[{"leaves":[0]}]}""")]
    public void Read_Malformed_IsRefused(string document) =>
        Assert.Throws<InvalidFragmentException>(() => FragmentDocument.Read(Encoding.UTF8.GetBytes(document)));

    [Theory]
    [MemberData(nameof(Unsound))]
    public void Write_Unsound_NamesThePlace(TreeEnsemble ensemble, string place) =>
        Assert.Contains(place, Assert.Throws<InvalidFragmentException>(() => FragmentDocument.Write(ensemble)).Message, StringComparison.Ordinal);

    public static TheoryData<TreeEnsemble, string> Unsound => new()
    {
        { Small with { FeatureCount = 0 }, "featureCount is 0" },
        { Small with { Trees = [] }, "trees has 0 entries" },
        { Small with { Outputs = 0 }, "outputs is 0" },
        { Small with { Outputs = 2 }, "as many for each of the 2 outputs" },
        { Small with { Bias = float.NaN }, "bias is NaN" },
        { Small with { Link = new ScoreLink.Logistic(float.PositiveInfinity, 0) }, "slope" },
        { With(Stump with { Features = [2] }), "trees[0] splits on a feature outside 0 to 1" },
        { With(Stump with { Thresholds = [float.PositiveInfinity] }), "threshold" },
        { With(Stump with { Leaves = [0, float.NaN] }), "leaf that is not a finite number" },
        { With(Stump with { Leaves = [0] }), "1 nodes and 1 leaves" },
        { With(Stump with { Right = [] }), "0 right children" },
        { With(Stump with { Right = [-3] }), "child -3" },
        { With(Stump with { Right = [-1] }), "child -1" },
        { With(Stump with { Right = [0] }), "child 0" },
        { With(Stump with { MissingLeft = [1] }), "missingLeft" },
    };

    private static TreeEnsemble With(DecisionTree tree) => Small with { Trees = [tree] };
}
