using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Names;
using Lifecycle.Storage;

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
    private readonly Records<AlertState> states = new(store, 16 * 1024 * 1024);
    private readonly Records<AlertMessage> messages = new(store, 16 * 1024 * 1024);
    private readonly Records<WatchObservation> watches = new(store, 256 * 1024);

    /// <summary>The state; an empty one before the first alert.</summary>
    public Task<AlertState> ReadAsync(CancellationToken cancellation) =>
        RetriedAsync(async () => await states.ReadAsync(StateName, cancellation) ?? new AlertState());

    /// <summary>Changes the state; when another writer was faster, its state is changed instead.</summary>
    public Task<AlertState> ChangeAsync(Func<AlertState, AlertState> change, CancellationToken cancellation) =>
        RetriedAsync(() => states.ChangeAsync(StateName, state => change(state ?? new AlertState()), cancellation));

    /// <summary>Keeps a copy of a message; the first one stands.</summary>
    public Task KeepAsync(AlertMessage message, CancellationToken cancellation) =>
        messages.PutIfAbsentAsync($"alerts/messages/{message.Id}.json", message, cancellation);

    /// <summary>Records what a watch found, unless something newer is recorded.</summary>
    public Task RecordAsync(WatchObservation observation, CancellationToken cancellation) => RetriedAsync(() => watches.ChangeAsync(
        $"{WatchFolder}{PlainName.Require(observation.Model, "model")}.json",
        known => known is not null && known.DecidedAt > observation.DecidedAt ? known : observation,
        cancellation));

    /// <summary>The newest observation of every watched model.</summary>
    public Task<IReadOnlyList<WatchObservation>> WatchesAsync(CancellationToken cancellation) => RetriedAsync<IReadOnlyList<WatchObservation>>(
        async () => await watches.ListAsync(WatchFolder, cancellation).Select(found => found.Record).ToListAsync(cancellation));

    // Retried until an operator has mended it: the keeper must not end over it.
    private static async Task<T> RetriedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (InvalidDataException malformed)
        {
            throw new IOException($"{malformed.Message} Or delete it, to begin anew.", malformed);
        }
    }
}
