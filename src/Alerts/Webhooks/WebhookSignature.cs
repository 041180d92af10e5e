using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifecycle.Alerting.Webhooks;

/// <summary>
/// The header by which a receiver knows that a body is ours and new: <c>X-Lifecycle-Signature: t=SECONDS,v1=HEX</c>, where HEX
/// is HMAC-SHA256 over <c>SECONDS.BODY</c>. Format: docs/formats/alert-message.md.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Name of the header.</summary>
    public const string HeaderName = "X-Lifecycle-Signature";

    /// <summary>How old a signature may be before a receiver should refuse it as replayed.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Fewest bytes of a key.</summary>
    public const int MinimumKeyBytes = 16;

    /// <summary>The header's value.</summary>
    public static string Of(ReadOnlySpan<byte> key, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        long seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Hash(key, seconds, body))}");
    }

    /// <summary>Whether a header was made with the key for the body, not longer than <see cref="Tolerance"/> from <paramref name="now"/>.</summary>
    public static bool Verify(string header, ReadOnlySpan<byte> key, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        string[] parts = header.Split(',');
        if (parts is not [var time, var hash]
            || !time.StartsWith("t=", StringComparison.Ordinal)
            || !hash.StartsWith("v1=", StringComparison.Ordinal)
            || !long.TryParse(time.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds)
        {
            return false;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hash.Length == 3 + (2 * given.Length)
            && Convert.FromHexString(hash.AsSpan(3), given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, Hash(key, seconds, body));
    }

    private static byte[] Hash(ReadOnlySpan<byte> key, long seconds, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
