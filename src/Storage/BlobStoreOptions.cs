namespace Lifecycle.Storage;

/// <summary>Where the blob store is. Exactly one of <see cref="ConnectionString"/> and <see cref="ContainerUri"/> is set.</summary>
public sealed record BlobStoreOptions
{
    /// <summary>An Azure Storage connection string, also the emulator's. The container is made if it is missing.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Address of an existing container, with a shared access signature where one is needed.</summary>
    public string? ContainerUri { get; init; }

    /// <summary>Name of the container under <see cref="ConnectionString"/>. Default <c>lifecycle</c>.</summary>
    public string Container { get; init; } = "lifecycle";

    /// <summary>Times that a failed request is sent again. Default 4, with waits of 0.2 s doubling up to 2 s.</summary>
    public int MaximumRetries { get; init; } = 4;

    /// <summary>Longest wait for one answer. Default 30 seconds.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
