namespace Lifecycle.Storage;

/// <summary>A blob that must not change exists with other bytes. Permanent: a retry cannot mend it.</summary>
/// <param name="name">The blob.</param>
/// <param name="found">SHA-256 of what is stored.</param>
/// <param name="offered">SHA-256 of what was to be written.</param>
/// <param name="address">The store.</param>
public sealed class BlobConflictException(string name, string found, string offered, string address) : Exception(
    $"{name} exists in {address} with other bytes: found sha256 {found}, expected {offered}. Nothing was overwritten.")
{
    /// <summary>The blob.</summary>
    public string Name { get; } = name;

    /// <summary>SHA-256 of what is stored.</summary>
    public string Found { get; } = found;

    /// <summary>SHA-256 of what was to be written.</summary>
    public string Offered { get; } = offered;
}

/// <summary>A blob is longer than its reader allows.</summary>
public sealed class BlobTooLargeException(string name, long bytes, long maximumBytes) : Exception(
    $"{name} has {bytes} bytes, expected at most {maximumBytes}.");

/// <summary>The store answered that it will not do it, for a reason that is not the blob's content: rights, container, account.</summary>
public sealed class StoreRefusedException(string address, string answer, Exception cause) : Exception(
    $"The blob store at {address} refused: {answer}. Check the connection string, what it allows, and that the container exists.", cause);

/// <summary>The store did not answer, also after retries. A later retry may succeed.</summary>
public sealed class StoreUnavailableException(string address, string reason, Exception cause) : Exception(
    $"The blob store at {address} does not answer: {reason} Is it running? Start the emulator with `lifecycle up`, or check the address; work goes on where it stopped.", cause);
