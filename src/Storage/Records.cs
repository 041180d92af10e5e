using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Storage;

/// <summary>
/// JSON documents of one kind in a blob store: read, put once, or changed by whoever read the newest. Safe for concurrent use by any
/// number of processes; a repetition after a failure that hid a success finds its own work done.
/// </summary>
/// <typeparam name="T">What a document says.</typeparam>
/// <param name="store">Where they lie.</param>
/// <param name="maximumBytes">Longest document that is read.</param>
/// <param name="write">How a document is written, for formats whose bytes are signed or digested; compact JSON unless told.</param>
public sealed class Records<T>(IBlobStore store, long maximumBytes, Func<T, byte[]>? write = null)
    where T : class
{
    private readonly Func<T, byte[]> write = write ?? (record => JsonSerializer.SerializeToUtf8Bytes(record, DomainJson.Compact));

    /// <summary>The document of a name; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is malformed; the message names the blob, the store and the member.</exception>
    /// <exception cref="BlobTooLargeException">It is longer than any document of its kind.</exception>
    public async Task<T?> ReadAsync(string name, CancellationToken cancellation = default) =>
        await store.ReadAsync(name, maximumBytes, cancellation) is { } blob ? Parse(blob, name) : null;

    /// <summary>All documents whose names begin so, in the order of their names, each with its name.</summary>
    /// <exception cref="InvalidDataException">One is malformed.</exception>
    public async IAsyncEnumerable<(string Name, T Record)> ListAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (string name in store.ListAsync(prefix, cancellation))
        {
            if (await ReadAsync(name, cancellation) is { } record)
            {
                yield return (name, record);
            }
        }
    }

    /// <summary>Writes a document that never changes.</summary>
    /// <returns>Whether this document stands; false when another one was there first.</returns>
    public Task<bool> PutIfAbsentAsync(string name, T record, CancellationToken cancellation = default) =>
        store.CompareAndSwapAsync(name, write(record), MediaTypes.Json, expectedETag: null, cancellation);

    /// <summary>
    /// Replaces a document by what <paramref name="next"/> makes of the one that is there, null when there is none; asked again when
    /// another writer came between. What stays as it is is not written.
    /// </summary>
    /// <exception cref="InvalidDataException">The one that is there is malformed.</exception>
    public async Task<T> ChangeAsync(string name, Func<T?, T> next, CancellationToken cancellation = default)
    {
        while (true)
        {
            StoredBlob? current = await store.ReadAsync(name, maximumBytes, cancellation);
            T? known = current is null ? null : Parse(current, name);
            T changed = next(known);
            byte[] bytes = write(changed);
            if (ReferenceEquals(changed, known) || current?.Content.Span.SequenceEqual(bytes) == true
                || await store.CompareAndSwapAsync(name, bytes, MediaTypes.Json, current?.ETag, cancellation))
            {
                return changed;
            }
        }
    }

    private T Parse(StoredBlob blob, string name) => DomainJson.ReadRecord<T>(blob.Content.Span, $"{name} in {store.Address}");
}
