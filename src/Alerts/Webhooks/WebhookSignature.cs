using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifecycle.Alerting.Webhooks;

/// <summary>
/// The header by which a receiver knows that a body is ours and new: <c>X-Lifecycle-Signature: t=SECONDS,v1=HEX</c>, where HEX
/// is HMAC-SHA256 over <c>SECONDS.BODY</c> (docs/formats/alert-message.md). What is posted to us names its target too, so that it counts
/// nowhere else: <c>t=SECONDS,v2=HEX</c> over <c>SECONDS.METHOD PATH.BODY</c> (docs/formats/sensor.md).
/// </summary>
public static class WebhookSignature
{
    /// <summary>Name of the header.</summary>
    public const string HeaderName = "X-Lifecycle-Signature";

    /// <summary>How old a signature may be before a receiver should refuse it as replayed.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Fewest bytes of a key.</summary>
    public const int MinimumKeyBytes = 16;

    /// <summary>The value of the header of a message that we send.</summary>
    public static string Of(ReadOnlySpan<byte> key, DateTimeOffset at, ReadOnlySpan<byte> body) => Header(key, at, "v1", "", body);

    /// <summary>The value of the header of a post to a target.</summary>
    /// <param name="key">The secret.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="target">Method and path, such as <c>POST /sensors/disposable-domain/hook</c>.</param>
    /// <param name="body">The body.</param>
    public static string Of(ReadOnlySpan<byte> key, DateTimeOffset at, string target, ReadOnlySpan<byte> body) => Header(key, at, "v2", target, body);

    /// <summary>Whether a message that we sent bears its signature, not longer than <see cref="Tolerance"/> from <paramref name="now"/>.</summary>
    public static bool Verify(string header, ReadOnlySpan<byte> key, DateTimeOffset now, ReadOnlySpan<byte> body) => VerifiedAt(header, key, now, "v1", "", body) is not null;

    /// <summary>When a post to a target was signed; null when it was not, not with the key, for another target or body, or longer than <see cref="Tolerance"/> from <paramref name="now"/>.</summary>
    public static DateTimeOffset? VerifiedAt(string header, ReadOnlySpan<byte> key, DateTimeOffset now, string target, ReadOnlySpan<byte> body) =>
        VerifiedAt(header, key, now, "v2", target, body);

    private static string Header(ReadOnlySpan<byte> key, DateTimeOffset at, string version, string target, ReadOnlySpan<byte> body)
    {
        long seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},{version}={Convert.ToHexStringLower(Hash(key, seconds, target, body))}");
    }

    private static DateTimeOffset? VerifiedAt(string header, ReadOnlySpan<byte> key, DateTimeOffset now, string version, string target, ReadOnlySpan<byte> body)
    {
        // Parts in any order; those of other versions are passed over, and one that is there twice is none.
        ILookup<string, string> parts = header.Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.Ordinal);
        if (parts["t"].ToArray() is not [var time]
            || parts[version].ToArray() is not [var hash]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds)
        {
            return null;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hash.Length == 2 * given.Length
            && Convert.FromHexString(hash, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, Hash(key, seconds, target, body))
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
    }

    private static byte[] Hash(ReadOnlySpan<byte> key, long seconds, string target, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{(target.Length > 0 ? target + "." : "")}")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
