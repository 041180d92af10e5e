using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Lifecycle.Models.Tests.OnnxModels.Tables;

/// <summary>MurmurHash3 of 32 bits with seed 0 (Austin Appleby, in the public domain).</summary>
internal static class PlainHash
{
    public static uint Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] padded = [.. bytes, 0, 0, 0];
        uint hash = 0;
        for (int i = 0; i < bytes.Length; i += 4)
        {
            uint block = BinaryPrimitives.ReadUInt32LittleEndian(padded.AsSpan(i));
            hash ^= BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
            hash = i + 4 <= bytes.Length ? (BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64 : hash;
        }

        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
