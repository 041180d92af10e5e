using System.Text.Json;
using Lifecycle.Cli.Failures;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Scoring;
using Lifecycle.Storage;

namespace Lifecycle.Cli.Scoring;

/// <summary>Copies a batch's scores out of the store into a folder, each file held against its digest.</summary>
internal static class ScoresCopy
{
    /// <summary>Makes the folder before anything is asked for.</summary>
    /// <exception cref="CommandException">It cannot be one.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using FileStream probe = new(Path.Combine(folder, $".{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"--out: no scores can be written to {folder}: {refused.Message.TrimEnd('.')}; choose another folder");
        }
    }

    /// <summary>Makes the copy; files that are there already and sound are left as they are.</summary>
    public static async Task ToFolderAsync(
        IBlobStore store, ArtifactStore artifacts, ArtifactRef manifest, string folder, CancellationToken cancellation)
    {
        byte[] document = await artifacts.ReadAsync(manifest, cancellation);
        ScoringManifest list = DomainJson.ReadRecord<ScoringManifest>(document, manifest.Uri);
        foreach (ScoredPartition partition in list.Partitions)
        {
            string path = Path.Combine(folder, Path.GetFileName(partition.Blob));
            if (!File.Exists(path) || Sha256Digest.OfFile(path, cancellation) != partition.Sha256)
            {
                await CopyAsync(store, partition, path, cancellation);
            }
        }

        DurableFiles.Local.Write(Path.Combine(folder, "manifest.json"), document);
    }

    private static async Task CopyAsync(IBlobStore store, ScoredPartition partition, string path, CancellationToken cancellation)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await using (FileStream file = new(temporary, FileMode.CreateNew))
            {
                await store.CopyToAsync(partition.Blob, file, cancellation);
            }

            string found = Sha256Digest.OfFile(temporary, cancellation);
            if (found != partition.Sha256)
            {
                throw new ArtifactCorruptedException(partition.Blob, $"sha256 {found}", $"sha256 {partition.Sha256}", store.Address);
            }

            DurableFiles.Local.Publish(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
