using System.Collections.Concurrent;
using System.Net;

namespace Lifecycle.Alerting.Tests.Receivers.Servers;

/// <summary>A webhook's receiving end on loopback: keeps every request, and answers as the test says.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public WebhookServer()
    {
        Url = $"http://127.0.0.1:{FreePort.Next()}/hook";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public string Url { get; }

    /// <summary>Status of the next answers; an answer with status 0 never comes.</summary>
    public int Status { get; set; } = 204;

    public ConcurrentQueue<WebhookRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        try
        {
            listener.Close();
        }
        catch (HttpListenerException)
        {
            // Closing looks its address up once more, which another listener may have by now: this one has stopped.
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception closed) when (!listener.IsListening || closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body);
        Requests.Enqueue(new WebhookRequest(
            context.Request.Headers["Idempotency-Key"]!, context.Request.Headers["X-Lifecycle-Signature"]!, context.Request.ContentType!, body.ToArray()));
        if (Status != 0)
        {
            context.Response.StatusCode = Status;
            context.Response.RedirectLocation = Status is >= 300 and < 400 ? Url + "/elsewhere" : null;
            context.Response.Close();
        }
    }
}

/// <summary>One request.</summary>
internal sealed record WebhookRequest(string IdempotencyKey, string Signature, string ContentType, byte[] Body);
