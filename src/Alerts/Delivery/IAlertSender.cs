using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Delivery;

/// <summary>Hands messages to one receiver. Safe for concurrent use.</summary>
public interface IAlertSender
{
    /// <summary>Sends a message once; returns when the receiver has taken it. The same message may be sent again.</summary>
    /// <exception cref="AlertDeliveryException">The receiver did not take it, or not in time.</exception>
    Task SendAsync(AlertMessage message, CancellationToken cancellation);
}
