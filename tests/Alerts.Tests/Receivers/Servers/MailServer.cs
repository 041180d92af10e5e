using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lifecycle.Alerting.Tests.Receivers.Servers;

/// <summary>An SMTP server on loopback that speaks just enough of RFC 5321 to take mail, with AUTH PLAIN where the test asks for it.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public MailServer()
    {
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether recipients are refused.</summary>
    public bool RefusesRecipients { get; set; }

    /// <summary>What was authenticated with, base64; empty where nobody did.</summary>
    public string Credentials { get; private set; } = "";

    /// <summary>The mails taken, headers and body as sent.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException)
            {
                continue;
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.UTF8);
        await using StreamWriter writer = new(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test ready");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            string verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Mails.Enqueue(await ReadMailAsync(reader));
            }

            Credentials = verb == "AUTH" ? line.Split(' ')[^1] : Credentials;
            await writer.WriteLineAsync(verb switch
            {
                "EHLO" => "250-test\r\n250 AUTH PLAIN",
                "AUTH" => "235 welcome",
                "RCPT" when RefusesRecipients => "550 no such user",
                "QUIT" => "221 bye",
                _ => "250 ok",
            });
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        StringBuilder mail = new();
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            if (line == ".")
            {
                return mail.ToString();
            }

            mail.Append(line).Append('\n');
        }

        throw new IOException("the sender went away in the middle of a mail, which then counts as none");
    }
}
