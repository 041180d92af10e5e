namespace Lifecycle.Serving.Logging;

/// <summary>
/// Which requests are logged: those whose id hashes below the rate. The same id is decided the same way by every process,
/// and a lower rate takes a part of what a higher one takes.
/// </summary>
public static class RequestSample
{
    /// <summary>Whether a request is in the sample of this rate, 0 to 1.</summary>
    public static bool Includes(string requestId, double rate) => rate >= 1 || Position(requestId) < rate;

    // FNV-1a over the UTF-16 units, then the finalizer of SplitMix64: FNV alone leaves the high bits of short ids alike.
    private static double Position(string requestId)
    {
        ulong hash = 14695981039346656037;
        foreach (char unit in requestId)
        {
            hash = (hash ^ unit) * 1099511628211;
        }

        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
