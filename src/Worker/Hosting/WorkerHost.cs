using Lifecycle.Activities;
using Lifecycle.Activities.Alerts;
using Lifecycle.Storage;
using Lifecycle.Worker.Metrics;
using Lifecycle.Worker.Options;
using Lifecycle.Worker.Stages;
using Lifecycle.Worker.Webhooks;
using Lifecycle.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Runtime;

namespace Lifecycle.Worker.Hosting;

/// <summary>
/// A running worker: one poller set for each task queue it serves. The same class is the worker program and the worker
/// inside <c>lifecycle up</c> and <c>lifecycle demo</c>.
/// </summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly ChildStages stages;

    private WorkerHost(IHost host, ChildStages stages) => (this.host, this.stages) = (host, stages);

    /// <summary>Registers the search attributes, starts polling, and returns.</summary>
    /// <param name="client">Connected with the product's payload converter.</param>
    /// <param name="options">Validated here.</param>
    /// <param name="configureLogging">Adds log providers; none by default.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<WorkerHost> StartAsync(
        ITemporalClient client, WorkerOptions options, Action<ILoggingBuilder>? configureLogging, CancellationToken cancellation)
    {
        options.Validate();
        await SearchAttributeRegistration.EnsureAsync(client, cancellation);
        BlobStoreOptions blobs = new() { ConnectionString = options.BlobConnectionString, Container = options.BlobContainer };
        AzureBlobStore store = AzureBlobStore.Open(blobs);
        await store.EnsureContainerAsync(cancellation);
        AlertParts alerts = AlertParts.Open(options.AlertsFile, client, store, TimeProvider.System);
        StagePlaces places = new(options.ModelsFolder, options.ScratchFolder, options.PackagesFolder, options.KeysHome)
        {
            DataFolders = options.DataFolders,
            AlertsFile = options.AlertsFile,
        };
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        configureLogging?.Invoke(builder.Logging);
        builder.Services.AddSingleton(client);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.GracefulShutdownTimeout + TimeSpan.FromSeconds(10));
        IHost? host = null;
        ChildStages stages = new(new StageSetup(places, blobs, options.Stages), options.TrainingSlots, warning => Warn(host, warning));
        try
        {
            builder.Services.AddLifecycleWorker(options, StageActivitySet.Create(places, client, store, alerts, stages, TimeProvider.System));
            if (client.Connection.Options.Runtime is { } measured)
            {
                AddMetrics(builder.Services, measured, alerts);
            }

            if (options.Webhooks is { } webhooks)
            {
                builder.Services.AddHostedService(_ => new ArrivalEndpoint(client, webhooks, TimeProvider.System));
            }

            host = builder.Build();
            if (options.Queues.Contains(TaskQueues.Training))
            {
                stages.Prepare();
            }

            await host.StartAsync(cancellation);
            if (options.Queues.Contains(TaskQueues.Lifecycle))
            {
                await AlertScheduleRegistration.EnsureAsync(client, cancellation);
            }

            return new WorkerHost(host, stages);
        }
        catch
        {
            await stages.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the worker is told to stop; throws what ended it when it ended by itself.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellation)
    {
        await host.WaitForShutdownAsync(cancellation);
        foreach (BackgroundService part in host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            await (part.ExecuteTask ?? Task.CompletedTask);
        }
    }

    /// <summary>Stops polling, lets activities end within the grace period, and returns.</summary>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await stages.DisposeAsync();
        host.Dispose();
    }

    private static void Warn(IHost? host, string warning) =>
        host?.Services.GetRequiredService<ILogger<WorkerHost>>().LogWarning("{Warning}", warning);

    private static void AddMetrics(IServiceCollection services, TemporalRuntime runtime, AlertParts alerts) =>
        services.AddHostedService(provider => new MetricsSampler(
            alerts.Facts, alerts.Store, new LifecycleMetrics(runtime.MetricMeter), TimeProvider.System,
            provider.GetRequiredService<ILogger<MetricsSampler>>()));
}
