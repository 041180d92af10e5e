using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A delay that looks random but is the same each time it is computed: the first 32 bits of a SHA-256 over the
/// nominal time and a seed, scaled to the longest delay, in whole milliseconds.
/// </summary>
internal static class ScheduleJitter
{
    public static TimeSpan Of(string seed, DateTimeOffset nominal, TimeSpan longest)
    {
        var text = Encoding.UTF8.GetBytes(seed);
        var bytes = new byte[sizeof(long) + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, nominal.ToUnixTimeSeconds());
        text.CopyTo(bytes, sizeof(long));
        var fraction = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(bytes));
        return TimeSpan.FromMilliseconds((long)(fraction * longest.TotalMilliseconds / (1L << 32)));
    }
}
