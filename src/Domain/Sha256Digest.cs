using System.Security.Cryptography;

namespace Lifecycle.Domain;

/// <summary>Computes SHA-256 digests in the form every record carries them: 64 lowercase hexadecimal characters.</summary>
public static class Sha256Digest
{
    /// <summary>The digest of <paramref name="bytes"/>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The digest of everything left in <paramref name="stream"/>.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    /// <summary>The digest of a file's content, read as a stream.</summary>
    public static string OfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Of(stream);
    }
}
