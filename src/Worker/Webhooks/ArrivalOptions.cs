using System.Net;
using System.Text;
using Lifecycle.Alerting.Webhooks;

namespace Lifecycle.Worker.Webhooks;

/// <summary>Where arrivals of data may be posted, and with which secret. Checked when it is made.</summary>
public sealed record ArrivalOptions
{
    /// <summary>Checks and takes both.</summary>
    /// <param name="address">IP address and port, such as <c>127.0.0.1:9465</c>.</param>
    /// <param name="secret">Key of the HMAC, at least 16 bytes; senders have it too.</param>
    /// <exception cref="WebhookAddressException">One of them cannot be used.</exception>
    public ArrivalOptions(string address, string? secret)
    {
        if (!IPEndPoint.TryParse(address, out IPEndPoint? endpoint) || endpoint.Port == 0)
        {
            throw new WebhookAddressException(address, "it is no IP address and port");
        }

        int bytes = Encoding.UTF8.GetByteCount(secret ?? "");
        if (bytes < WebhookSignature.MinimumKeyBytes)
        {
            throw new WebhookAddressException(
                address, $"LIFECYCLE_WEBHOOK_SECRET has {bytes} bytes, expected at least {WebhookSignature.MinimumKeyBytes} (make one with 'openssl rand -hex 32')");
        }

        (Address, Endpoint, Secret) = (address, endpoint, secret!);
    }

    /// <summary>IP address and port.</summary>
    public string Address { get; }

    /// <summary>Key of the HMAC.</summary>
    public string Secret { get; }

    internal IPEndPoint Endpoint { get; }

    /// <summary>From <c>LIFECYCLE_WEBHOOKS</c> and <c>LIFECYCLE_WEBHOOK_SECRET</c>; null when the first is not set.</summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    public static ArrivalOptions? Of(Func<string, string?> read) =>
        read("LIFECYCLE_WEBHOOKS") is { Length: > 0 } address ? new(address, read("LIFECYCLE_WEBHOOK_SECRET")) : null;

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"webhooks on {Address}";
}

/// <summary>Webhooks cannot be received where they were asked for.</summary>
public sealed class WebhookAddressException(string address, string problem, Exception? cause = null)
    : Exception($"webhooks cannot be received on '{address}': {problem}; set LIFECYCLE_WEBHOOKS to a free address such as 127.0.0.1:9465 and LIFECYCLE_WEBHOOK_SECRET, or leave both out", cause);
