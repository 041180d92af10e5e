using System.Collections.Immutable;
using Lifecycle.Alerting.Tests.Grouping;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Receivers;

/// <summary>Messages as groups make them.</summary>
internal static class TestMessages
{
    public static AlertMessage Storm(int features = 1000)
    {
        AlertPolicy policy = Samples.Policy();
        AlertState state = AlertGroups.Advance(new AlertState(), policy, [Samples.Storm(features, Samples.Start)], Samples.Start);
        return AlertGroups.Advance(state, policy, [], Samples.Start + policy.Grouping.GroupWait).Outbox[0].Message;
    }

    /// <summary>Sends to one receiver.</summary>
    public static async Task SendAsync(AlertReceiver receiver, AlertMessage message, TimeProvider? time = null)
    {
        AlertPolicy policy = new() { Receivers = ImmutableSortedDictionary<string, AlertReceiver>.Empty.Add("it", receiver) };
        using AlertSenders senders = new(policy, time ?? TimeProvider.System);
        await senders.Find("it")!.SendAsync(message, TestContext.Current.CancellationToken);
    }
}
