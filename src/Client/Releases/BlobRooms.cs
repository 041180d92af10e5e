using Lifecycle.Client.Homes;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;

namespace Lifecycle.Client.Releases;

/// <summary>Opens what verbs read in the blob account.</summary>
public static class BlobRooms
{
    /// <summary>Opens the container.</summary>
    public static async Task<IBlobStore> OpenStoreAsync(string connectionString, CancellationToken cancellation)
    {
        AzureBlobStore store = Open(connectionString);
        await store.EnsureContainerAsync(cancellation);
        return store;
    }

    /// <summary>Opens the release channels in it.</summary>
    public static async Task<ReleaseChannels> OpenChannelsAsync(string connectionString, CancellationToken cancellation) =>
        new(await OpenStoreAsync(connectionString, cancellation));

    /// <summary>Opens the prediction log, with verified copies in the home.</summary>
    public static async Task<PredictionParts> OpenLogAsync(string connectionString, HomeFolder home, CancellationToken cancellation) =>
        new(await OpenStoreAsync(connectionString, cancellation), Path.Combine(home.Scratch, "log"));

    /// <summary>Opens the model that is live on a channel, verified by the home's trust root.</summary>
    public static Task<LiveModel> OpenLiveModelAsync(string connectionString, HomeFolder home, string model, string channel, CancellationToken cancellation) =>
        OpenLiveModelAsync(connectionString, home, model, channel, explains: false, cancellation);

    /// <summary>Opens the model that is live on a channel, verified by the home's trust root, and with <paramref name="explains"/> its explanation too.</summary>
    public static async Task<LiveModel> OpenLiveModelAsync(
        string connectionString, HomeFolder home, string model, string channel, bool explains, CancellationToken cancellation)
    {
        IBlobStore store = await OpenStoreAsync(connectionString, cancellation);
        VerifiedVersion live = await LiveModel.FindAsync(store, new KeyFolder(home.Root).ReadTrustRoot(), model, channel, TimeProvider.System, cancellation);
        return explains ? await LiveModel.OpenExplainedAsync(live, cancellation) : await LiveModel.OpenAsync(live, cancellation);
    }

    // The string holds a key, and is not repeated.
    private static AzureBlobStore Open(string connectionString)
    {
        try
        {
            return AzureBlobStore.Open(new() { ConnectionString = connectionString });
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            throw new ClientException(
                ClientFailure.BadInput, $"the connection string of the blob account (--blob or LIFECYCLE_BLOB) cannot be read: {malformed.Message.TrimEnd('.')}; expected the one that Azure shows for the account");
        }
    }
}
