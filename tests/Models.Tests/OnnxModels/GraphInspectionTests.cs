using System.Collections.Immutable;
using Google.Protobuf;
using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>A sound model with one thing changed is refused before ONNX Runtime sees it.</summary>
public sealed class GraphInspectionTests
{
    private static readonly byte[] Model = ModelGraph.Compose(
        TrainedModels.Featurizer.Onnx, TrainedModels.Model.Fragment, TrainedModels.Target, ImmutableSortedDictionary<string, string>.Empty);

    [Fact]
    public void ExternalData_IsRefused() => AssertRefused("keeps its data in another file ('../../etc/passwd')", model =>
    {
        TensorProto tensor = model.Graph.Initializer[0];
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../../etc/passwd" });
    });

    [Fact]
    public void ExternalDataInAnAttribute_IsRefused() => AssertRefused("keeps its data in another file", model =>
        Attribute(model, "nodes_splits").T.DataLocation = TensorProto.Types.DataLocation.External);

    [Fact]
    public void UnknownOperatorDomain_IsRefused() => AssertRefused("node 'Run' of domain 'com.example'", model =>
        model.Graph.Node.Add(new NodeProto { OpType = "Run", Domain = "com.example" }));

    [Fact]
    public void UnknownImportedDomain_IsRefused() => AssertRefused("imports operators of domain 'com.example'", model =>
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 1 }));

    [Fact]
    public void LocalFunction_IsRefused() => AssertRefused("defines 1 local functions", model => model.Functions.Add(new FunctionProto { Name = "f" }));

    [Fact]
    public void TrainingGraph_IsRefused() => AssertRefused("holds a training graph", model => model.TrainingInfo.Add(new TrainingInfoProto()));

    [Fact]
    public void SparseInitializer_IsRefused() => AssertRefused("sparse initializers", model => model.Graph.SparseInitializer.Add(new SparseTensorProto()));

    [Fact]
    public void SubgraphsTooDeep_AreRefused() => AssertRefused("nested 3 deep; expected at most 2", model => Nest(model.Graph, levels: 3));

    [Fact]
    public void SubgraphsBeyondTheParsersStack_AreRefused() => AssertRefused("not an ONNX file", model => Nest(model.Graph, levels: 200));

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public void TensorTooLargeAsDeclared_IsRefused(long dimension) => AssertRefused("declares the shape", model =>
        model.Graph.Initializer[0].Dims.Insert(0, dimension));

    [Fact]
    public void TensorWithOverflowingShape_IsRefused() => AssertRefused("declares the shape", model =>
        model.Graph.Initializer[0].Dims.AddRange([1L << 20, 1L << 22, 1L << 22]));

    [Theory]
    [InlineData(10L)]
    [InlineData(0L)]
    public void TensorThatHoldsOtherThanItDeclares_IsRefused(long dimension) => AssertRefused($"declares {dimension} elements and holds", model =>
    {
        TensorProto tensor = model.Graph.Initializer[0];
        tensor.Dims.Clear();
        tensor.Dims.Add(dimension);
    });

    [Fact]
    public void TensorOfAnUnknownType_IsRefused() => AssertRefused("of data type 99", model => model.Graph.Initializer.Add(
        new TensorProto { Name = "odd", DataType = 99, RawData = ByteString.CopyFrom(1) }));

    [Fact]
    public void OtherOutput_IsRefused() => AssertRefused("the graph's outputs are ['score' Float of rank 1]; expected one output 'probability'", model =>
        model.Graph.Output[0].Name = "score");

    [Fact]
    public void SecondInput_IsRefused() => AssertRefused("inputs are ['domain' String of rank 2, 'other' String of rank 1]; expected ['domain' String of rank 2]", model =>
        model.Graph.Input.Add(Tensors.Declare("other", TensorProto.Types.DataType.String)));

    [Fact]
    public void RulesMissing_IsRefused() => AssertRefused("'lifecycle.schema' is missing", model => model.MetadataProps.Clear());

    [Fact]
    public void NodeThatOnnxRuntimeDoesNotKnow_IsRefused() => AssertRefused("ONNX Runtime does not load it", model => model.Graph.Node[0].OpType = "Nonsense");

    [Fact]
    public void TooManyBytes_AreRefused() => Assert.Contains(
        $"has {Model.Length} bytes; expected at most 1000",
        Assert.Throws<InvalidOnnxModelException>(() => GraphInspection.Inspect(Model, new GraphLimits { MaximumModelBytes = 1000 })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OtherBytes_AreRefused()
    {
        byte[] zip = TrainedModels.Model.NativeModel;

        Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(zip));
        Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public void TruncatedAnywhere_IsRefused()
    {
        for (int length = 0; length < Model.Length; length += 997)
        {
            Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(Model.AsMemory(0, length)));
        }
    }

    private static void AssertRefused(string found, Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Model);
        change(model);

        Assert.Contains(found, Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    private static AttributeProto Attribute(ModelProto model, string name) =>
        model.Graph.Node.SelectMany(node => node.Attribute).Single(attribute => attribute.Name == name);

    private static void Nest(GraphProto graph, int levels)
    {
        for (int level = 0; level < levels; level++)
        {
            GraphProto inner = new() { Name = $"level {level + 1}" };
            NodeProto node = new() { OpType = "If" };
            node.Attribute.Add(new AttributeProto { Name = "then_branch", G = inner });
            graph.Node.Add(node);
            graph = inner;
        }
    }
}
