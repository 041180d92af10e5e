using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>A running service with a client, the suite's search attributes, and a worker that has every workflow of the suite.</summary>
public sealed class RunningEngine : IAsyncDisposable
{
    public const string TaskQueue = "conformance";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly IAsyncDisposable server;
    private readonly CancellationTokenSource stopping = new();
    private readonly TemporalWorker worker;
    private readonly Task working;

    private RunningEngine(EngineKind kind, IAsyncDisposable server, ITemporalClient client, string address)
    {
        this.server = server;
        (Kind, Client, Address) = (kind, client, address);
        worker = NewWorker(client);
        working = worker.ExecuteAsync(stopping.Token);
    }

    public EngineKind Kind { get; }

    public string Address { get; }

    public TimeProvider Clock { get; } = TimeProvider.System;

    public ITemporalClient Client { get; }

    public static async Task<RunningEngine> StartAsync(EngineKind kind, IAsyncDisposable server, string address)
    {
        try
        {
            var client = await ConnectAsync(address);
            await AddSearchAttributesAsync(client);
            return new(kind, server, client, address);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await working.ContinueWith(_ => { }, TaskScheduler.Default);
        worker.Dispose();
        stopping.Dispose();
        await server.DisposeAsync();
    }

    private static TemporalWorker NewWorker(ITemporalClient client)
    {
        var options = new TemporalWorkerOptions(TaskQueue).AddAllActivities(new SuiteActivities(client));
        foreach (var workflow in SuiteWorkflows.All)
        {
            options.AddWorkflow(workflow);
        }

        return new(client, options);
    }

    private static async Task<TemporalClient> ConnectAsync(string address)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await TemporalClient.ConnectAsync(new(address) { Identity = "conformance-suite" });
            }
            catch (InvalidOperationException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private static async Task AddSearchAttributesAsync(TemporalClient client)
    {
        var request = new AddSearchAttributesRequest { Namespace = "default" };
        request.SearchAttributes.Add(SuiteAttributes.Registered.ToDictionary(attribute => attribute.Name, attribute => attribute.ValueType));
        await client.Connection.OperatorService.AddSearchAttributesAsync(request);
    }
}
