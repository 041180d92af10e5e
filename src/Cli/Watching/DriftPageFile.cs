using Lifecycle.Cli.Failures;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Files;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;

namespace Lifecycle.Cli.Watching;

/// <summary>Fetches the page of a drift decision.</summary>
public static class DriftPageFile
{
    /// <summary>Writes the page to a file; an existing file is replaced.</summary>
    public static async Task WriteAsync(string blobConnectionString, DriftDecision decision, FileInfo file, CancellationToken cancellation)
    {
        IBlobStore store = await BlobRooms.OpenStoreAsync(blobConnectionString, cancellation);
        using MemoryStream page = new();
        if (!await store.CopyToAsync(DriftPages.NameOf(decision), page, cancellation))
        {
            throw new CommandException(ExitCodes.Negative, $"decision {decision.Id} has no page yet; its watch draws one when the decision is made");
        }

        DurableFiles.Local.Write(file.FullName, page.ToArray());
    }
}
