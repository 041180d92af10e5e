using Lifecycle.Alerting.State;
using Lifecycle.Domain.Alerts;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Alerts;

/// <summary>The durable outbox, as a test waits for it.</summary>
internal static class Outbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until every message is noted as delivered: the note may come after the receiver has its message.</summary>
    public static async Task<AlertState> WaitUntilEmptyAsync(IBlobStore store)
    {
        AlertStore alerts = new(store);
        using CancellationTokenSource patience = new(Patience);
        AlertState state = await alerts.ReadAsync(patience.Token);
        while (state.Outbox.Length > 0)
        {
            await Task.Delay(Pause, patience.Token);
            state = await alerts.ReadAsync(patience.Token);
        }

        return state;
    }
}
