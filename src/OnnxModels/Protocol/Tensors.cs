using System.Runtime.InteropServices;
using Google.Protobuf;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;
using Dimension = Lifecycle.OnnxModels.Protocol.TensorShapeProto.Types.Dimension;

namespace Lifecycle.OnnxModels.Protocol;

/// <summary>Makes constant tensors and the declarations of a graph's inputs and outputs.</summary>
internal static class Tensors
{
    /// <summary>A symbolic dimension: the number of rows of the batch.</summary>
    public const string Rows = "N";

    public static TensorProto Floats(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Raw(name, DataType.Float, MemoryMarshal.AsBytes(values), shape);

    public static TensorProto Integers(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Raw(name, DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    public static TensorProto Bytes(string name, ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape) =>
        Raw(name, DataType.Uint8, values, shape);

    public static TensorProto Text(string name, string value) => Texts(name, [value]);

    public static TensorProto Texts(string name, ReadOnlySpan<string> values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.String };
        tensor.Dims.Add(values.Length);
        foreach (string value in values)
        {
            tensor.StringData.Add(ByteString.CopyFromUtf8(value));
        }

        return tensor;
    }

    /// <summary>Declares a value with the symbolic batch dimension first, and then <paramref name="width"/>, if any.</summary>
    public static ValueInfoProto Declare(string name, DataType type, int? width = null)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new Dimension { DimParam = Rows });
        if (width is { } columns)
        {
            shape.Dim.Add(new Dimension { DimValue = columns });
        }

        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    private static TensorProto Raw(string name, DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        // raw_data is little-endian by the specification; every platform .NET 10 runs ONNX Runtime on is.
        TensorProto tensor = new() { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (long dimension in shape)
        {
            tensor.Dims.Add(dimension);
        }

        return tensor;
    }
}
