using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Stores;

namespace Lifecycle.Alerting.State;

/// <summary>
/// What is remembered about alerts, in the blob store: the state, which is compared and swapped as a whole; a copy of each
/// message that was sent, written once; and the newest observation of each watch. Format: docs/formats/alert-message.md.
/// </summary>
/// <param name="store">The store.</param>
public sealed class AlertStore(IBlobStore store)
{
    private const string StateName = "alerts/state.json";
    private const string WatchFolder = "alerts/watches/";
    private const long MaximumStateBytes = 16 * 1024 * 1024;
    private const long MaximumObservationBytes = 256 * 1024;

    /// <summary>The state; an empty one before the first alert.</summary>
    public async Task<AlertState> ReadAsync(CancellationToken cancellation) =>
        await ReadAsync<AlertState>(StateName, MaximumStateBytes, cancellation) is { } found ? found.Value : new AlertState();

    /// <summary>Changes the state; when another writer was faster, its state is changed instead.</summary>
    public Task<AlertState> ChangeAsync(Func<AlertState, AlertState> change, CancellationToken cancellation) =>
        ChangeAsync(StateName, MaximumStateBytes, (AlertState? state) => change(state ?? new AlertState()), cancellation);

    /// <summary>Keeps a copy of a message; the first one stands.</summary>
    public async Task KeepAsync(AlertMessage message, CancellationToken cancellation)
    {
        using MemoryStream content = new(Bytes(message), writable: false);
        await store.PutIfAbsentAsync($"alerts/messages/{message.Id}.json", content, MediaTypes.Json, cancellation);
    }

    /// <summary>Records what a watch found, unless something newer is recorded.</summary>
    public Task RecordAsync(WatchObservation observation, CancellationToken cancellation) => ChangeAsync(
        $"{WatchFolder}{PlainName.Require(observation.Model, "model")}.json",
        MaximumObservationBytes,
        (WatchObservation? known) => known is not null && known.DecidedAt > observation.DecidedAt ? known : observation,
        cancellation);

    /// <summary>The newest observation of every watched model.</summary>
    public async IAsyncEnumerable<WatchObservation> WatchesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (string name in store.ListAsync(WatchFolder, cancellation))
        {
            if (await ReadAsync<WatchObservation>(name, MaximumObservationBytes, cancellation) is { } found)
            {
                yield return found.Value;
            }
        }
    }

    private async Task<T> ChangeAsync<T>(string name, long maximumBytes, Func<T?, T> change, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            (T Value, string ETag)? found = await ReadAsync<T>(name, maximumBytes, cancellation);
            T changed = change(found?.Value);
            byte[] bytes = Bytes(changed);
            if (found is { } known && Bytes(known.Value).AsSpan().SequenceEqual(bytes))
            {
                return changed;
            }

            if (await store.CompareAndSwapAsync(name, bytes, MediaTypes.Json, found?.ETag, cancellation))
            {
                return changed;
            }
        }
    }

    private async Task<(T Value, string ETag)?> ReadAsync<T>(string name, long maximumBytes, CancellationToken cancellation)
        where T : class
    {
        if (await store.ReadAsync(name, maximumBytes, cancellation) is not { } blob)
        {
            return null;
        }

        try
        {
            return (JsonSerializer.Deserialize<T>(blob.Content.Span, DomainJson.Compact)!, blob.ETag);
        }
        catch (JsonException malformed)
        {
            // Retried until an operator has mended it: the keeper must not end over it.
            throw new IOException($"{name} in {store.Address} is malformed: {malformed.Message} Restore it from a backup, or delete it to begin anew.", malformed);
        }
    }

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, DomainJson.Compact);
}
