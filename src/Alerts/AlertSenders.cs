using Lifecycle.Alerting.Delivery;
using Lifecycle.Alerting.Files;
using Lifecycle.Alerting.Mail;
using Lifecycle.Alerting.Webhooks;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting;

/// <summary>The senders of a policy's receivers.</summary>
public sealed class AlertSenders : IDisposable
{
    private readonly Func<AlertPolicy> policy;
    private readonly TimeProvider time;
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // a signed message goes where the operator said, and nowhere else
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // every send has a deadline of its own
    };

    /// <summary>Makes the senders of one policy.</summary>
    public AlertSenders(AlertPolicy policy, TimeProvider time)
        : this(() => policy, time)
    {
    }

    /// <summary>Makes the senders of whatever policy is in force as a message is sent.</summary>
    public AlertSenders(Func<AlertPolicy> policy, TimeProvider time) => (this.policy, this.time) = (policy, time);

    /// <summary>The sender of a receiver; null when alerts.yaml has no such receiver.</summary>
    public IAlertSender? Find(string receiver) => policy().Receivers.GetValueOrDefault(receiver) switch
    {
        AlertReceiver.Webhook webhook => new WebhookSender(receiver, webhook, http, time),
        AlertReceiver.Email email => new EmailSender(receiver, email),
        AlertReceiver.JsonLines file => new JsonLinesSender(receiver, file),
        _ => null,
    };

    /// <summary>Closes connections.</summary>
    public void Dispose() => http.Dispose();
}
