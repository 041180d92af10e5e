using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Stores;

namespace Lifecycle.Cli.Releases;

/// <summary>Opens what verbs read in the blob account.</summary>
public static class BlobRooms
{
    /// <summary>Opens the container.</summary>
    public static async Task<IBlobStore> OpenStoreAsync(string connectionString, CancellationToken cancellation)
    {
        AzureBlobStore store = AzureBlobStore.Open(new() { ConnectionString = connectionString });
        await store.EnsureContainerAsync(cancellation);
        return store;
    }

    /// <summary>Opens the release channels in it.</summary>
    public static async Task<ReleaseChannels> OpenChannelsAsync(string connectionString, CancellationToken cancellation) =>
        new(await OpenStoreAsync(connectionString, cancellation));
}
