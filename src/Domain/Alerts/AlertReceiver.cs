using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// Someone or something that receives messages. Secrets are never written here, only where they are:
/// <c>env:NAME</c> (an environment variable of the worker) or <c>file:PATH</c> (the first line of a file).
/// </summary>
[JsonConverter(typeof(KindConverter<AlertReceiver>))]
public abstract record AlertReceiver : IHasKinds<AlertReceiver>
{
    /// <summary>The kinds.</summary>
    public static KindList<AlertReceiver> Kinds { get; } = new KindList<AlertReceiver> { Discriminator = "kind" }
        .Add<Webhook>("webhook")
        .Add<Email>("email")
        .Add<JsonLines>("file");

    private AlertReceiver()
    {
    }

    /// <summary>An HTTP endpoint: each message is posted as JSON, signed with HMAC-SHA256.</summary>
    public sealed record Webhook : AlertReceiver
    {
        /// <summary>Where to post, <c>https://</c>, or <c>http://</c> on loopback.</summary>
        public required string Url { get; init; }

        /// <summary>Where the key of the signature is, <c>env:NAME</c> or <c>file:PATH</c>; at least 16 bytes of it.</summary>
        public required string Secret { get; init; }

        /// <summary>How long to wait for the answer; 10 seconds by default.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
    }

    /// <summary>Mail over SMTP.</summary>
    public sealed record Email : AlertReceiver
    {
        /// <summary>Host of the SMTP server.</summary>
        public required string Host { get; init; }

        /// <summary>Its port; 587 by default.</summary>
        public int Port { get; init; } = 587;

        /// <summary>How the connection is protected.</summary>
        public MailSecurity Security { get; init; } = MailSecurity.StartTls;

        /// <summary>User to authenticate as; null sends without authentication.</summary>
        public string? User { get; init; }

        /// <summary>Where the user's password is, <c>env:NAME</c> or <c>file:PATH</c>.</summary>
        public string? Password { get; init; }

        /// <summary>Sender's address.</summary>
        public required string From { get; init; }

        /// <summary>Recipients' addresses.</summary>
        public required ImmutableArray<string> To { get; init; }

        /// <summary>How long sending may take; 30 seconds by default.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
    }

    /// <summary>A file of JSON lines on the worker's machine, one line a message.</summary>
    public sealed record JsonLines : AlertReceiver
    {
        /// <summary>The file, absolute or relative to the folder of alerts.yaml; created with its folder.</summary>
        public required string Path { get; init; }
    }
}

/// <summary>How a connection to an SMTP server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Plain to begin with, then TLS by STARTTLS, without which nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually port 465.</summary>
    Tls,

    /// <summary>None: for a server on loopback only.</summary>
    None,
}
