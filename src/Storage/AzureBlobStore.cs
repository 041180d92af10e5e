using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Lifecycle.Domain;
using Lifecycle.Domain.Names;

namespace Lifecycle.Storage;

/// <summary>
/// <see cref="IBlobStore"/> on Azure Blob Storage and on its emulator Azurite. Safe for concurrent use.
/// </summary>
public sealed class AzureBlobStore : IBlobStore
{
    private readonly BlobContainerClient _container;

    private AzureBlobStore(BlobContainerClient container) => _container = container;

    /// <inheritdoc/>
    public string Address => _container.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>Makes a client without a request: the store need not be up yet.</summary>
    /// <exception cref="ArgumentException">The options name no store, or two.</exception>
    public static AzureBlobStore Open(BlobStoreOptions options)
    {
        // The newest version that Azurite 3.35 speaks; the client's default is newer and is refused.
        BlobClientOptions client = new(BlobClientOptions.ServiceVersion.V2025_11_05);
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.MaximumRetries;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        client.Retry.NetworkTimeout = options.NetworkTimeout;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        client.TrimBlobNameSlashes = false;
        return new AzureBlobStore((options.ConnectionString, options.ContainerUri) switch
        {
            ({ Length: > 0 } connection, null) => new BlobContainerClient(connection, options.Container, client),
            (null, { Length: > 0 } address) => new BlobContainerClient(new Uri(address), client),
            _ => throw new ArgumentException("Name the blob store by a connection string or by a container address, and not by both."),
        });
    }

    /// <summary>Makes the container if it is missing; the first proof that the store answers.</summary>
    public Task EnsureContainerAsync(CancellationToken cancellationToken = default) =>
        AskAsync(() => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task PutIfAbsentAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken = default)
    {
        content.Position = 0;
        if (await TryPutAsync(name, content, mediaType, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken))
        {
            return;
        }

        content.Position = 0;
        string offered = Sha256Digest.Of(content);
        string found = await DigestAsync(name, cancellationToken);
        if (found != offered)
        {
            throw new BlobConflictException(name, found, offered, Address);
        }
    }

    /// <inheritdoc/>
    public async Task<StoredBlob?> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default)
    {
        BlobDownloadStreamingResult? result = await OpenAsync(name, cancellationToken);
        if (result is null)
        {
            return null;
        }

        using (result)
        {
            if (result.Details.ContentLength > maximumBytes)
            {
                throw new BlobTooLargeException(name, result.Details.ContentLength, maximumBytes);
            }

            using MemoryStream content = new();
            await AskAsync(() => CopyAsync(result.Content, content, cancellationToken), cancellationToken);
            return new StoredBlob(content.ToArray(), result.Details.ETag.ToString());
        }
    }

    /// <inheritdoc/>
    public async Task<bool> CopyToAsync(string name, Stream destination, CancellationToken cancellationToken = default)
    {
        BlobDownloadStreamingResult? result = await OpenAsync(name, cancellationToken);
        if (result is null)
        {
            return false;
        }

        using (result)
        {
            await AskAsync(() => CopyAsync(result.Content, destination, cancellationToken), cancellationToken);
            return true;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> CompareAndSwapAsync(
        string name, ReadOnlyMemory<byte> content, string mediaType, string? expectedETag, CancellationToken cancellationToken = default)
    {
        BlobRequestConditions conditions = expectedETag is null
            ? new() { IfNoneMatch = ETag.All }
            : new() { IfMatch = new ETag(expectedETag) };
        using MemoryStream stream = new(content.ToArray(), writable: false);
        if (await TryPutAsync(name, stream, mediaType, conditions, cancellationToken))
        {
            return true;
        }

        // A retry of a write whose answer was lost meets its own bytes: that is success.
        StoredBlob? stored = await ReadAsync(name, long.MaxValue, cancellationToken);
        return stored is not null && stored.Content.Span.SequenceEqual(content.Span);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        GetBlobsOptions options = new() { Prefix = prefix };
        IAsyncEnumerator<BlobItem> blobs = _container.GetBlobsAsync(options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (blobs)
        {
            while (await AskAsync(() => blobs.MoveNextAsync().AsTask(), cancellationToken))
            {
                yield return blobs.Current.Name;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<BlobFacts?> DescribeAsync(string name, CancellationToken cancellationToken = default)
    {
        BlobClient blob = Blob(name);
        try
        {
            BlobProperties found = await AskAsync(async () => (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value, cancellationToken);
            return new BlobFacts(found.ETag.ToString(), found.ContentLength, found.LastModified);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        BlobClient blob = Blob(name);
        return await AskAsync(() => blob.ExistsAsync(cancellationToken), cancellationToken);
    }

    // What is read may be somebody else's, under a name that only Azure's rules bind; what is written bears a name of ours.
    private BlobClient Blob(string name) => BlobNames.ProblemOf(name) is { } problem
        ? throw new ArgumentException($"The blob name {PlainName.Describe(name)} {problem}.")
        : _container.GetBlobClient(name);

    private async Task<bool> TryPutAsync(
        string name, Stream content, string mediaType, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        BlobClient blob = Blob(BlobName.Require(name));
        BlobUploadOptions upload = new() { Conditions = conditions, HttpHeaders = new() { ContentType = mediaType } };
        try
        {
            await AskAsync(() => blob.UploadAsync(content, upload, cancellationToken), cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (IsConflict(conflict))
        {
            return false;
        }
    }

    private async Task<BlobDownloadStreamingResult?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        BlobClient blob = Blob(name);
        try
        {
            return await AskAsync(() => blob.DownloadStreamingAsync(cancellationToken: cancellationToken), cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private async Task<string> DigestAsync(string name, CancellationToken cancellationToken)
    {
        using DigestStream digest = new();
        return await CopyToAsync(name, digest, cancellationToken) ? digest.Finish() : "nothing";
    }

    private static async Task<bool> CopyAsync(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        await source.CopyToAsync(destination, cancellationToken);
        return true;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (RequestFailedException answer) when (IsConflict(answer) || answer.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            throw;
        }
        catch (RequestFailedException answer) when (answer.Status is > 0 and not 408 and not 429 and < 500)
        {
            throw new StoreRefusedException(Address, $"{answer.Status} {answer.ErrorCode}", answer);
        }
        catch (Exception failure) when (IsUnavailable(failure) && !cancellationToken.IsCancellationRequested)
        {
            Exception cause = failure is AggregateException { InnerExceptions: [.., var last] } ? last : failure;
            throw new StoreUnavailableException(Address, cause.Message.Split('\n')[0].Trim(), failure);
        }
    }

    private static bool IsConflict(RequestFailedException answer) =>
        answer.ErrorCode == BlobErrorCode.BlobAlreadyExists || answer.ErrorCode == BlobErrorCode.ConditionNotMet;

    private static bool IsUnavailable(Exception failure) =>
        failure is RequestFailedException or AggregateException or HttpRequestException or IOException or OperationCanceledException;
}
