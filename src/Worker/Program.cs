using System.Runtime.InteropServices;
using Lifecycle.Worker.Hosting;
using Lifecycle.Worker.Metrics;
using Lifecycle.Worker.Options;
using Lifecycle.Worker.Stages;
using Lifecycle.Workflows;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;

// The child process of a stage, which a worker starts for itself.
if (StageProgram.IsChild(args))
{
    return await StageProgram.RunAsync(args);
}

// The worker of a fleet: everything comes from the environment (docs/how-to/run-a-worker.md).
using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    WorkerOptions options = WorkerEnvironment.Read(Environment.GetEnvironmentVariable);
    TemporalClientConnectOptions connection = ClientEnvConfig.LoadClientConnectOptions();
    connection.DataConverter = PayloadConversion.Converter;
    connection.Runtime = options.MetricsAddress is { } metrics ? MetricsEndpoint.Open(metrics) : null;
    TemporalClient client = await TemporalClient.ConnectAsync(connection);
    await using WorkerHost worker = await WorkerHost.StartAsync(client, options, logging => logging.AddSimpleConsole(), stop.Token);
    Console.WriteLine($"worker of {string.Join(", ", options.Queues)} on {connection.TargetHost}, namespace {client.Options.Namespace}");
    await worker.WaitForShutdownAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 3;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
