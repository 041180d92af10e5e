using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Protocol;

/// <summary>How many elements a tensor holds, whichever field they are in.</summary>
internal static class TensorData
{
    /// <summary>The number of elements; null where it cannot be told, for an unknown type or a broken last element.</summary>
    public static long? CountElements(TensorProto tensor)
    {
        if ((DataType)tensor.DataType == DataType.String)
        {
            return tensor.StringData.Count;
        }

        if (tensor.RawData.IsEmpty)
        {
            // Only one of these is in use; small types share int32_data, one element each.
            return (long)tensor.FloatData.Count + tensor.Int32Data.Count + tensor.Int64Data.Count + tensor.DoubleData.Count + tensor.Uint64Data.Count;
        }

        return BytesOf((DataType)tensor.DataType) is { } bytes && tensor.RawData.Length % bytes == 0 ? tensor.RawData.Length / bytes : null;
    }

    private static int? BytesOf(DataType type) => type switch
    {
        DataType.Bool or DataType.Int8 or DataType.Uint8 => 1,
        DataType.Int16 or DataType.Uint16 or DataType.Float16 => 2,
        DataType.Int32 or DataType.Uint32 or DataType.Float => 4,
        DataType.Int64 or DataType.Uint64 or DataType.Double => 8,
        _ => null,
    };
}
