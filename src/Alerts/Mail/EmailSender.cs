using Lifecycle.Alerting.Delivery;
using Lifecycle.Domain.Alerts;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Lifecycle.Alerting.Mail;

/// <summary>
/// Sends messages as plain text mail. The <c>Message-ID</c> comes from the message, and <c>References</c> from its group: a mail
/// program shows a group as one thread, and many drop the second copy of one id.
/// </summary>
internal sealed class EmailSender(string name, AlertReceiver.Email receiver) : IAlertSender
{
    private const string IdDomain = "alerts.lifecycle";

    public Task SendAsync(AlertMessage message, CancellationToken cancellation) =>
        Deadline.RunAsync(name, receiver.Timeout, token => TalkAsync(message, token), cancellation);

    private async Task TalkAsync(AlertMessage message, CancellationToken cancellation)
    {
        string? password = receiver.Password is { } reference ? await SecretReference.ReadAsync(name, reference, cancellation) : null;
        try
        {
            using SmtpClient smtp = new();
            await smtp.ConnectAsync(receiver.Host, receiver.Port, Security(receiver.Security), cancellation);
            if (receiver.User is { } user)
            {
                await smtp.AuthenticateAsync(user, password ?? "", cancellation);
            }

            await smtp.SendAsync(Compose(message), cancellation);
            await SayGoodbyeAsync(smtp, cancellation);
        }
        catch (Exception failure) when (failure is ProtocolException or AuthenticationException or IOException or System.Net.Sockets.SocketException or SslHandshakeException or NotSupportedException or ServiceNotAuthenticatedException or CommandException)
        {
            throw new AlertDeliveryException(name, $"{receiver.Host}:{receiver.Port} did not take the mail: {failure.Message}; check 'host', 'port', 'security', 'user' and the addresses", failure);
        }
    }

    // The mail is the server's once it said so; a failed farewell must not send it again.
    private static async Task SayGoodbyeAsync(SmtpClient smtp, CancellationToken cancellation)
    {
        try
        {
            await smtp.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception failure) when (failure is ProtocolException or IOException or CommandException)
        {
            return;
        }
    }

    private MimeMessage Compose(AlertMessage message)
    {
        MimeMessage mail = new()
        {
            Subject = MailText.Subject(message),
            Date = message.CreatedAt,
            MessageId = $"{message.Id}@{IdDomain}",
            Body = new TextPart("plain") { Text = MailText.Body(message) },
        };
        mail.From.Add(MailboxAddress.Parse(receiver.From));
        mail.To.AddRange(receiver.To.Select(MailboxAddress.Parse));
        mail.References.Add($"group-{message.GroupKey}@{IdDomain}");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Lifecycle-Message", message.Id);
        if (message.Severity == AlertSeverity.Critical && message.Status == AlertMessageStatus.Firing)
        {
            mail.Priority = MessagePriority.Urgent;
        }

        return mail;
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
