using Lifecycle.Client.Homes;

namespace Lifecycle.Client.Connections;

/// <summary>Which blob account a verb reads: the option, else what runs in the home, else <c>LIFECYCLE_BLOB</c>.</summary>
public static class BlobConnection
{
    /// <summary>The connection string to use.</summary>
    public static string Resolve(HomeFolder home, string? option)
    {
        string? chosen = option ?? ServicesFile.Read(home)?.BlobConnectionString ?? Environment.GetEnvironmentVariable("LIFECYCLE_BLOB");
        return !string.IsNullOrWhiteSpace(chosen)
            ? chosen
            : throw new ClientException(
                ClientFailure.Unavailable,
                $"no blob account: nothing runs in {home.Root}. Start it with 'lifecycle up', or give a connection string with --blob or LIFECYCLE_BLOB.");
    }
}
