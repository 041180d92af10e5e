using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Turns;

namespace Lifecycle.LocalEngine.Loop;

/// <summary>
/// The stored messages that wait to be acted on, each in line once. A message can be put in line again, by a rebuilding of
/// the memory, while an earlier place in line has not come up yet: the first to come up acts.
/// </summary>
internal sealed class Mailbox(Action<Work> post)
{
    private readonly HashSet<long> waiting = [];

    public void Put(OutboxMessage message)
    {
        if (waiting.Add(message.Id))
        {
            post(new Work<bool>(turn => Deliver(turn, message)));
        }
    }

    /// <summary>Takes every message out of line; the database still has them.</summary>
    public void Forget() => waiting.Clear();

    private bool Deliver(Turn turn, OutboxMessage message)
    {
        if (!waiting.Remove(message.Id))
        {
            return false;
        }

        Deliveries.Deliver(turn, message);
        return true;
    }
}
