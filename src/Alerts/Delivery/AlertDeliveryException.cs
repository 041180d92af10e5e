namespace Lifecycle.Alerting.Delivery;

/// <summary>A receiver did not take a message. A later attempt may succeed.</summary>
/// <param name="receiver">Name of the receiver in alerts.yaml.</param>
/// <param name="problem">What was found, and what to do.</param>
/// <param name="cause">What threw, if anything did.</param>
public sealed class AlertDeliveryException(string receiver, string problem, Exception? cause = null)
    : Exception($"receiver '{receiver}' of alerts.yaml: {problem}", cause)
{
    /// <summary>Name of the receiver.</summary>
    public string Receiver { get; } = receiver;
}
