using System.Security.Cryptography;
using Lifecycle.Domain.Files;

namespace Lifecycle.Domain;

/// <summary>Computes SHA-256 digests in the form every record carries them: 64 lowercase hexadecimal characters.</summary>
public static class Sha256Digest
{
    /// <summary>The digest of <paramref name="bytes"/>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The first twelve characters: enough to recognise, too few to trust.</summary>
    public static string Short(string digest) => digest.Length <= 12 ? digest : digest[..12];

    /// <summary>The digest of everything left in <paramref name="stream"/>.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    /// <summary>The digest of a regular file's content, read in pieces; cancelling stops between two of them.</summary>
    public static string OfFile(string path, CancellationToken cancellation = default)
    {
        using FileStream file = RegularFile.Open(path);
        return OfFile(file, cancellation);
    }

    /// <summary>The digest of an opened file's content, as long as it was when this began.</summary>
    public static string OfFile(FileStream file, CancellationToken cancellation = default)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        RegularFile.Take(file, hash.AppendData, cancellation);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
