using Lifecycle.Alerting;
using Lifecycle.Alerting.State;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Storage;
using Temporalio.Client;

namespace Lifecycle.Activities.Alerts;

/// <summary>What a worker needs for alerts and metrics, composed once.</summary>
/// <param name="File">The operator's policy, read again when its file changes.</param>
/// <param name="Store">The durable state.</param>
/// <param name="Facts">How things stand.</param>
/// <param name="Senders">The senders of the policy's receivers.</param>
public sealed record AlertParts(AlertPolicyFile File, AlertStore Store, AlertFactsReader Facts, AlertSenders Senders)
{
    /// <summary>Reads alerts.yaml and composes the parts.</summary>
    /// <param name="file">The file; where it does not exist, the default policy counts.</param>
    /// <param name="client">The engine that the worker polls.</param>
    /// <param name="store">The blob store.</param>
    /// <param name="time">Stamps the signatures of webhooks.</param>
    /// <exception cref="ModelDefinitionException">The file is malformed or inconsistent.</exception>
    public static AlertParts Open(string file, ITemporalClient client, IBlobStore store, TimeProvider time)
    {
        AlertPolicyFile policy = AlertPolicyFile.Open(file);
        AlertStore alerts = new(store);
        return new AlertParts(policy, alerts, new AlertFactsReader(client, store, policy, alerts), new AlertSenders(() => policy.Read().Policy, time));
    }
}
