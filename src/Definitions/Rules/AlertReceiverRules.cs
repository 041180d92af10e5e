using System.Net.Mail;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Rules;

/// <summary>What a receiver of alerts.yaml must be: reachable safely, and without a secret in clear.</summary>
internal static class AlertReceiverRules
{
    /// <summary>The breaches of one receiver.</summary>
    public static IEnumerable<RuleBreach> Check(string path, AlertReceiver receiver) => receiver switch
    {
        AlertReceiver.Webhook webhook => CheckWebhook(path, webhook),
        AlertReceiver.Email email => CheckEmail(path, email),
        _ => [],
    };

    private static IEnumerable<RuleBreach> CheckWebhook(string path, AlertReceiver.Webhook webhook)
    {
        if (!Uri.TryCreate(webhook.Url, UriKind.Absolute, out Uri? url) || !IsSafe(url))
        {
            yield return new($"{path}.url", $"'{path}.url' is '{webhook.Url}'; expected an https:// address, or http:// on 127.0.0.1 or localhost");
        }
        else if (url.UserInfo.Length > 0)
        {
            yield return new($"{path}.url", $"'{path}.url' holds a user or password; the message is signed with 'secret' instead");
        }

        foreach (RuleBreach breach in CheckSecret($"{path}.secret", webhook.Secret))
        {
            yield return breach;
        }
    }

    private static IEnumerable<RuleBreach> CheckEmail(string path, AlertReceiver.Email email)
    {
        if ((email.User is null) != (email.Password is null))
        {
            yield return new($"{path}.user", $"'{path}' has only one of 'user' and 'password'; give both, or neither");
        }

        if (email is { Security: MailSecurity.None } && !IsLoopback(email.Host))
        {
            yield return new($"{path}.security", $"'{path}.security' is none, but {email.Host} is not on loopback; expected startTls or tls");
        }

        if (email.To.IsEmpty)
        {
            yield return new($"{path}.to", $"'{path}.to' is empty; name at least one address");
        }

        foreach (string address in email.To.Prepend(email.From).Where(address => !MailAddress.TryCreate(address, out _)))
        {
            yield return new(path, $"'{address}' in '{path}' is no mail address; expected one such as on-call@example.org");
        }

        foreach (RuleBreach breach in email.Password is { } password ? CheckSecret($"{path}.password", password) : [])
        {
            yield return breach;
        }
    }

    // The value is not repeated: it may be the secret.
    private static IEnumerable<RuleBreach> CheckSecret(string path, string reference)
    {
        if (!SecretPrefixes.IsReference(reference))
        {
            yield return new(path, $"'{path}' does not say where the secret is; expected env:NAME or file:PATH, and never the secret itself");
        }
    }

    private static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLoopback(url.Host));

    private static bool IsLoopback(string host) => host is "localhost" or "127.0.0.1" or "::1" or "[::1]";
}
