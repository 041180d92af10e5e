using Lifecycle.Domain.Files;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Releases;

/// <summary>Copies a publication out of a store into a plain directory, for people and other people's tools.</summary>
public static class PublicationCopy
{
    /// <summary>Makes the copy, complete or not at all. An existing directory is left as it is. Nothing is verified here.</summary>
    /// <param name="store">The store.</param>
    /// <param name="publication">Its directory there.</param>
    /// <param name="folder">The directory to make.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such publication.</exception>
    public static async Task ToDirectoryAsync(
        IBlobStore store, string publication, string folder, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (!await store.ExistsAsync($"{publication}/{ModelSignature.FileName}", cancellationToken))
        {
            throw new DirectoryNotFoundException($"{publication} in {store.Address} is no publication: it has no {ModelSignature.FileName}.");
        }

        string temporary = $"{Path.TrimEndingDirectorySeparator(folder)}.{Path.GetRandomFileName()}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            await foreach (string blob in store.ListAsync(publication + "/", cancellationToken))
            {
                string name = blob[(publication.Length + 1)..];
                if (!BlobName.IsSegment(name))
                {
                    throw new IOException($"{publication} in {store.Address} holds {Domain.Names.PlainName.Describe(name)}, which is no plain file name: nothing was copied.");
                }

                await using FileStream file = new(Path.Combine(temporary, name), FileMode.CreateNew);
                await store.CopyToAsync(blob, file, cancellationToken);
            }

            DurableFiles.Local.PublishFolder(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process made the same copy.
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
