using System.Buffers.Binary;
using Google.Protobuf;
using Lifecycle.LocalEngine.History;

namespace Lifecycle.LocalEngine.Matching;

/// <summary>What a task token is for.</summary>
internal enum TaskKind : byte
{
    WorkflowTask = 1,
    Activity = 2,
    Query = 3,
}

/// <summary>
/// Names one attempt of one task to the worker that has it. 21 bytes: kind (1), run key (8), event id or query number (8),
/// attempt (4), big-endian. A token of an attempt that is over is answered with NOT_FOUND.
/// </summary>
internal readonly record struct TaskToken(TaskKind Kind, long RunKey, long Number, int Attempt)
{
    private const int Length = 21;

    public ByteString ToByteString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], RunKey);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Number);
        BinaryPrimitives.WriteInt32BigEndian(bytes[17..], Attempt);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>Reads a token of the given kind.</summary>
    /// <exception cref="RefusedException">The bytes are no such token.</exception>
    public static TaskToken Parse(ByteString token, TaskKind kind)
    {
        var bytes = token.Span;
        return bytes.Length == Length && bytes[0] == (byte)kind
            ? new TaskToken(
                kind,
                BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[9..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[17..]))
            : throw RefusedException.Invalid("Error deserializing task token.");
    }
}
