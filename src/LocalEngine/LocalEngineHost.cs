using System.Net;
using Grpc.AspNetCore.Server.Model;
using Lifecycle.LocalEngine.Frontend;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Api.Enums.V1;
using OperatorService = Temporalio.Api.OperatorService.V1.ServiceReflection;
using WorkflowService = Temporalio.Api.WorkflowService.V1.ServiceReflection;

namespace Lifecycle.LocalEngine;

/// <summary>
/// A running engine: a Temporal-compatible service in this process, durable in its home directory. Clients and workers
/// connect to <see cref="Target"/>. Disposing it finishes the requests that have arrived, releases waiting workers and
/// closes the database; ending the process without that loses nothing that was acknowledged either.
/// </summary>
public sealed class LocalEngineHost : IAsyncDisposable
{
    // A history's page is as long as its events.
    private const int MaximumAnswerBytes = 128 << 20;

    // Long polls that still wait when the engine stops are cut after this; their callers poll again elsewhere or later.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);
    private readonly WebApplication application;

    private LocalEngineHost(WebApplication application, EngineParts parts)
    {
        (this.application, Parts) = (application, parts);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Target = new Uri(address).Authority;
    }

    /// <summary>Host and port for clients, such as <c>127.0.0.1:7233</c>.</summary>
    public string Target { get; }

    internal EngineParts Parts { get; }

    /// <summary>Opens the home, restores what is in it and listens.</summary>
    /// <exception cref="EngineStartException">
    /// The port is taken, another process has the home, the database is of a newer version, or an option is not possible.
    /// </exception>
    public static Task<LocalEngineHost> StartAsync(LocalEngineOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, TimeProvider.System, cancellationToken);

    internal static async Task<LocalEngineHost> StartAsync(LocalEngineOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var parts = await EngineParts.OpenAsync(options, time);
        var application = Build(options, parts.Engine);
        try
        {
            await application.StartAsync(cancellationToken);
            return new LocalEngineHost(application, parts);
        }
        catch (Exception cause)
        {
            await application.DisposeAsync();
            parts.Dispose();
            throw cause is IOException { InnerException: AddressInUseException } ? PortTaken(options, cause) : cause;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Parts.Engine.Thread.ReleaseWorkers();
        await application.DisposeAsync();
        Parts.Dispose();
    }

    private static EngineStartException PortTaken(LocalEngineOptions options, Exception cause) => new(
        $"The port {options.Port} on {options.Address} is taken by another process. Stop that process, or choose another port (0 takes any free one).",
        cause);

    private static WebApplication Build(LocalEngineOptions options, Engine engine)
    {
        // Empty: no configuration files, variables or loggers of the host program, and its Ctrl-C stays its own.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (PayloadLimits.MessageBytes, MaximumAnswerBytes));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.Services.AddSingleton(engine).AddSingleton<TaskPolls>().AddSingleton<UpdateWait>();
        var map = AddRpcs(builder.Services);
        var application = builder.Build();
        map.ForEach(add => add(application));
        return application;
    }

    private static List<Action<WebApplication>> AddRpcs(IServiceCollection services)
    {
        var workflow = WorkflowService.Descriptor.Services[0];
        var mapped = new List<Action<WebApplication>>();
        Add(new RpcBinder<StartRpcs>(workflow));
        Add(new RpcBinder<RunRpcs>(workflow));
        Add(new RpcBinder<MultiOperationRpcs>(workflow));
        Add(new RpcBinder<WorkflowTaskRpcs>(workflow));
        Add(new RpcBinder<ActivityTaskRpcs>(workflow));
        Add(new RpcBinder<QueryRpcs>(workflow));
        Add(new RpcBinder<UpdateRpcs>(workflow));
        Add(new RpcBinder<HistoryRpcs>(workflow));
        Add(new RpcBinder<DescribeRpcs>(workflow));
        Add(new RpcBinder<VisibilityRpcs>(workflow));
        Add(new RpcBinder<NamespaceRpcs>(workflow));
        Add(new RpcBinder<WorkerRpcs>(workflow));
        Add(new RpcBinder<ScheduleRpcs>(workflow));
        Add(new RpcBinder<OperatorRpcs>(OperatorService.Descriptor.Services[0]));
        Add(new HealthRpcs());
        return mapped;

        void Add<TRpcs>(IServiceMethodProvider<TRpcs> methods)
            where TRpcs : class
        {
            services.AddSingleton<TRpcs>().AddSingleton(methods);
            mapped.Add(application => application.MapGrpcService<TRpcs>());
        }
    }
}
