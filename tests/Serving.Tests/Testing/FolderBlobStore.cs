using System.Runtime.CompilerServices;
using Lifecycle.Domain;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Tests.Testing;

/// <summary>A blob store in a folder, so that a child process that is killed leaves what it put; can be away for a while.</summary>
internal sealed class FolderBlobStore(string folder) : IBlobStore
{
    /// <summary>Whether the store does not answer.</summary>
    public bool IsAway { get; set; }

    public string Address => folder;

    public async Task PutIfAbsentAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken = default)
    {
        RequireHere();
        content.Position = 0;
        string path = PathOf(name);
        if (File.Exists(path))
        {
            string offered = Sha256Digest.Of(content);
            string found = Sha256Digest.OfFile(path, cancellationToken);
            if (found != offered)
            {
                throw new BlobConflictException(name, found, offered, Address);
            }

            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        await using (FileStream file = new(temporary, FileMode.CreateNew))
        {
            await content.CopyToAsync(file, cancellationToken);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public async Task<StoredBlob?> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default)
    {
        RequireHere();
        return File.Exists(PathOf(name)) ? new StoredBlob(await File.ReadAllBytesAsync(PathOf(name), cancellationToken), Sha256Digest.OfFile(PathOf(name), cancellationToken)) : null;
    }

    public async Task<bool> CopyToAsync(string name, Stream destination, CancellationToken cancellationToken = default)
    {
        if (await ReadAsync(name, long.MaxValue, cancellationToken) is not { } blob)
        {
            return false;
        }

        await destination.WriteAsync(blob.Content, cancellationToken);
        return true;
    }

    public async Task<bool> CompareAndSwapAsync(
        string name, ReadOnlyMemory<byte> content, string mediaType, string? expectedETag, CancellationToken cancellationToken = default)
    {
        if ((await ReadAsync(name, long.MaxValue, cancellationToken))?.ETag != expectedETag)
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        await File.WriteAllBytesAsync(PathOf(name), content.ToArray(), cancellationToken);
        return true;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        RequireHere();
        await Task.CompletedTask;
        IEnumerable<string> names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (string name in names)
        {
            yield return name;
        }
    }

    public async Task<BlobFacts?> DescribeAsync(string name, CancellationToken cancellationToken = default) =>
        await ReadAsync(name, long.MaxValue, cancellationToken) is { } blob ? new(blob.ETag, blob.Content.Length, File.GetLastWriteTimeUtc(PathOf(name))) : null;

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default) =>
        await ReadAsync(name, long.MaxValue, cancellationToken) is not null;

    private string PathOf(string name) => Path.Combine(folder, BlobName.Require(name));

    private void RequireHere()
    {
        if (IsAway)
        {
            throw new StoreUnavailableException(Address, "It is away.", new IOException("away"));
        }
    }
}
