using System.Text.Json;
using System.Text.RegularExpressions;
using Lifecycle.Alerting.Tests.Receivers.Servers;
using Lifecycle.Alerting.Webhooks;
using Lifecycle.Client.Homes;
using Lifecycle.Domain;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.EndToEnd.Tests.Alerts;

/// <summary>A webhook, a mail server and a file, each really there, and an alerts.yaml that sends everything to all of them.</summary>
internal sealed partial class ThreeReceivers : IAsyncDisposable
{
    private const string Secret = "a secret of the tests, thirty-two";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private string file = "";

    public WebhookServer Webhook { get; } = new();

    public MailServer Mail { get; } = new();

    /// <summary>Ids of the messages in the file, in order.</summary>
    public string[] InFile => File.Exists(file)
        ? [.. File.ReadAllLines(file).Select(line => JsonSerializer.Deserialize<AlertMessage>(line, DomainJson.Compact)!.Id)]
        : [];

    /// <summary>Messages that the webhook got, each with a signature that holds.</summary>
    public AlertMessage[] AtWebhook => [.. Webhook.Requests.Select(Verified)];

    /// <summary>Ids of the mails, in order.</summary>
    public string[] InMail => [.. Mail.Mails.Select(mail => MessageId().Match(mail).Groups[1].Value)];

    /// <summary>Writes alerts.yaml and the secret into a home.</summary>
    public void WriteTo(HomeFolder home)
    {
        file = Path.Combine(home.Root, "alerts.jsonl");
        File.WriteAllText(Path.Combine(home.Root, "webhook.secret"), Secret);
        File.WriteAllText(home.Alerts, $$"""
            receivers:
              hook: {kind: webhook, url: "{{Webhook.Url}}", secret: "file:webhook.secret"}
              mail: {kind: email, host: 127.0.0.1, port: {{Mail.Port}}, security: none, from: lifecycle@example.org, to: [on-call@example.org]}
              lines: {kind: file, path: alerts.jsonl}
            routes:
              - receivers: [hook, mail, lines]
            grouping: {groupWait: 2s, groupInterval: 2s}
            """);
    }

    /// <summary>Waits until every receiver has <paramref name="count"/> different messages.</summary>
    public async Task WaitAsync(int count, Func<string>? explain = null)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Patience;
        while (AtWebhook.DistinctBy(message => message.Id).Count() < count || InMail.Distinct().Count() < count || InFile.Length < count)
        {
            Assert.True(
                TimeProvider.System.GetUtcNow() < end,
                $"webhook {AtWebhook.Length}, mail {InMail.Length}, file {InFile.Length} of {count} messages\n{explain?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Webhook.DisposeAsync();
        await Mail.DisposeAsync();
    }

    private static AlertMessage Verified(WebhookRequest request)
    {
        Assert.True(WebhookSignature.Verify(request.Signature, System.Text.Encoding.UTF8.GetBytes(Secret), TimeProvider.System.GetUtcNow(), request.Body));
        AlertMessage message = JsonSerializer.Deserialize<AlertMessage>(request.Body, DomainJson.Compact)!;
        Assert.Equal(message.Id, request.IdempotencyKey);
        return message;
    }

    [GeneratedRegex("^Message-Id: <([0-9a-f]{16})@", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();
}
