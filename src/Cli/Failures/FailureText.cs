using Lifecycle.Client;
using Lifecycle.Client.Runs;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Files;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Storage.Emulator;
using Lifecycle.Worker.Metrics;
using Lifecycle.Worker.Options;
using Lifecycle.Worker.Webhooks;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Failures;

/// <summary>Turns any exception into the one error a user sees.</summary>
public static class FailureText
{
    /// <summary>The error, with its exit code.</summary>
    public static CommandException Explain(Exception failure) => failure switch
    {
        CommandException known => known,
        ClientException client => Of(client),
        WorkflowFailedException failed => Of(RunFailures.Explain(failed)),
        WorkflowUpdateFailedException refused => new(ExitCodes.Negative, RunFailures.Telling(refused).Message, refused),
        RpcException { Code: RpcException.StatusCode.NotFound } missing =>
            new(ExitCodes.BadInput, $"no such run: {missing.Message}; 'lifecycle runs' lists them", missing),
        RpcException rpc => new(ExitCodes.Unavailable, $"the engine answers {rpc.Code}: {rpc.Message}", rpc),
        NotServableException or UntrustedVersionException => new(ExitCodes.Negative, failure.Message, failure),
        MetricsAddressException or WebhookAddressException or EngineStartException or EmulatorException or StoreUnavailableException or WorkerOptionsException =>
            new(ExitCodes.Unavailable, failure.Message, failure),
        UnusableFileException or ModelDefinitionException or InvalidKeyException or NotRegularFileException or ArgumentException or FileNotFoundException or DirectoryNotFoundException =>
            new(ExitCodes.BadInput, failure.Message, failure),
        _ => new(ExitCodes.Failed, failure.Message, failure),
    };

    private static CommandException Of(ClientException client) => new(
        client.Kind switch
        {
            ClientFailure.Negative => ExitCodes.Negative,
            ClientFailure.BadInput => ExitCodes.BadInput,
            ClientFailure.Unavailable => ExitCodes.Unavailable,
            _ => ExitCodes.Failed,
        },
        client.Message,
        client);
}
