using System.Net;
using System.Text;
using System.Text.Json;
using Lifecycle.Alerting.Webhooks;
using Lifecycle.Domain;
using Lifecycle.Domain.Sensors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lifecycle.Worker.Webhooks;

/// <summary>
/// Where others post that new data is there: <c>POST /sensors/MODEL/SENSOR</c>, signed like the messages that we send. Plain
/// HTTP: beyond one machine, put what ends TLS in front. Format: docs/formats/sensor.md.
/// </summary>
public sealed class ArrivalEndpoint : IHostedService, IAsyncDisposable
{
    private const int LargestBody = 64 * 1024;
    private readonly WebApplication application;
    private readonly ArrivalLaunch launch;
    private readonly byte[] key;
    private readonly TimeProvider time;

    /// <summary>Prepares the endpoint; <see cref="StartAsync"/> opens it.</summary>
    /// <param name="client">Where arrivals are launched.</param>
    /// <param name="options">Where, and with which secret.</param>
    /// <param name="time">By what signatures are too old.</param>
    public ArrivalEndpoint(Temporalio.Client.ITemporalClient client, ArrivalOptions options, TimeProvider time)
    {
        (launch, this.time, key) = (new(client), time, Encoding.UTF8.GetBytes(options.Secret));
        Address = options.Address;
        application = Build(options.Endpoint);
        application.MapPost("/sensors/{model}/{sensor}", AnswerAsync);
    }

    /// <summary>IP address and port.</summary>
    public string Address { get; }

    /// <inheritdoc/>
    /// <exception cref="WebhookAddressException">The address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException)
        {
            throw new WebhookAddressException(Address, failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static WebApplication Build(IPEndPoint endpoint)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, WorkersLifetime>().AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(endpoint);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        return builder.Build();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        ArrivalAnswer answer;
        try
        {
            DataSensorRequest request = (await ReceiveAsync(context)).Read(key, time.GetUtcNow());
            answer = await launch.TakeAsync(request, context.RequestAborted);
            context.Response.StatusCode = answer.IsNew is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        }
        catch (ArrivalRefusedException refusal)
        {
            context.Response.StatusCode = refusal.Status;
            answer = new() { Error = refusal.Message };
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, DomainJson.Compact), context.RequestAborted);
    }

    private static async Task<ArrivalPost> ReceiveAsync(HttpContext context)
    {
        using MemoryStream body = new();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException refusal)
        {
            throw new ArrivalRefusedException(refusal.StatusCode, $"{refusal.Message} A body may have {LargestBody} bytes.", refusal);
        }

        return new($"{context.Request.RouteValues["model"]}", $"{context.Request.RouteValues["sensor"]}")
        {
            Method = context.Request.Method,
            Signature = context.Request.Headers[WebhookSignature.HeaderName] is [var only] ? only : null,
            Body = body.ToArray(),
        };
    }

    // The worker takes the signals, and ends the endpoint with itself.
    private sealed class WorkersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
