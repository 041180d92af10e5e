using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Domain;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Webhooks;

/// <summary>Posts messages as signed JSON. A status of 200 to 299 is taken; anything else is not, a redirect among it.</summary>
internal sealed class WebhookSender(string name, AlertReceiver.Webhook receiver, HttpClient http, TimeProvider time) : IAlertSender
{
    private const string IdempotencyHeader = "Idempotency-Key";

    public Task SendAsync(AlertMessage message, CancellationToken cancellation) =>
        Deadline.RunAsync(name, receiver.Timeout, token => PostAsync(message, token), cancellation);

    private async Task PostAsync(AlertMessage message, CancellationToken cancellation)
    {
        byte[] key = Encoding.UTF8.GetBytes(await SecretReference.ReadAsync(name, receiver.Secret, cancellation));
        if (key.Length < WebhookSignature.MinimumKeyBytes)
        {
            throw new AlertDeliveryException(name, $"its secret has {key.Length} bytes, expected at least {WebhookSignature.MinimumKeyBytes}; make one with 'openssl rand -hex 32'");
        }

        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, DomainJson.Compact);
        using HttpRequestMessage request = new(HttpMethod.Post, receiver.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.HeaderName, WebhookSignature.Of(key, time.GetUtcNow(), body));
        request.Headers.Add(IdempotencyHeader, message.Id);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Lifecycle", "1"));
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                throw new AlertDeliveryException(name, $"{Shown} answered {(int)answer.StatusCode}, expected 200 to 299; look at the server's log for idempotency key {message.Id}");
            }
        }
        catch (HttpRequestException failure)
        {
            throw new AlertDeliveryException(name, $"{Shown} cannot be reached: {failure.Message}; correct 'url', or start the server", failure);
        }
    }

    // Addresses of chat services carry a token in path or query.
    private string Shown => new Uri(receiver.Url).GetLeftPart(UriPartial.Authority);
}
