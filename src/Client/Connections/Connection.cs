using Lifecycle.Client.Homes;
using Lifecycle.Workflows;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;
using Temporalio.Exceptions;
using Temporalio.Runtime;

namespace Lifecycle.Client.Connections;

/// <summary>Which engine a verb talks to.</summary>
/// <param name="Home">The home, for what runs on this machine.</param>
/// <param name="Address">Address given on the command line; null uses the home's engine, then the Temporal environment.</param>
/// <param name="Namespace">Namespace given on the command line; null takes the profile's.</param>
/// <param name="Profile">Profile of temporal.toml; null takes the default one.</param>
public sealed record Connection(HomeFolder Home, string? Address, string? Namespace, string? Profile)
{
    /// <summary>Runtime that measures what is done over the connection; null measures nothing.</summary>
    public TemporalRuntime? Runtime { get; init; }

    /// <summary>
    /// Connects: to <see cref="Address"/> or <see cref="Profile"/> if given, else to what <c>lifecycle up</c> started in the
    /// home, else to what temporal.toml and the <c>TEMPORAL_*</c> variables name.
    /// </summary>
    public async Task<ITemporalClient> ConnectAsync(CancellationToken cancellation)
    {
        TemporalClientConnectOptions options = Options();
        options.DataConverter = PayloadConversion.Converter;
        options.Runtime = Runtime;
        options.Identity = $"lifecycle@{Environment.MachineName}";
        try
        {
            return await TemporalClient.ConnectAsync(options).WaitAsync(TimeSpan.FromSeconds(15), cancellation);
        }
        catch (Exception failure) when (failure is InvalidOperationException or RpcException or TimeoutException)
        {
            throw new ClientException(
                ClientFailure.Unavailable,
                $"no Temporal-compatible engine answers at {options.TargetHost}. Start one with 'lifecycle up', or name a cluster with --address.",
                failure);
        }
    }

    /// <summary>
    /// The address that the home's services announce at this moment; null where a cluster was named instead, and while nothing
    /// runs in the home.
    /// </summary>
    public string? Announced() => Address is null && Profile is null && ServicesFile.Read(Home) is { } services
        ? $"{services.Engine}, process {services.ProcessId}"
        : null;

    private TemporalClientConnectOptions Configured()
    {
        try
        {
            return ClientEnvConfig.LoadClientConnectOptions(new() { Profile = Profile });
        }
        catch (InvalidOperationException wrong)
        {
            throw new ClientException(ClientFailure.BadInput, $"temporal.toml and the TEMPORAL_ variables do not give a connection: {wrong.Message}", wrong);
        }
    }

    private TemporalClientConnectOptions Options()
    {
        ServicesFile? services = Address is null && Profile is null ? ServicesFile.Read(Home) : null;
        if (services is not null)
        {
            return new TemporalClientConnectOptions(services.Engine) { Namespace = Namespace ?? services.Namespace };
        }

        TemporalClientConnectOptions options = Configured();
        options.TargetHost = Address ?? options.TargetHost;
        options.Namespace = Namespace ?? options.Namespace;
        if (string.IsNullOrWhiteSpace(options.TargetHost))
        {
            throw new ClientException(
                ClientFailure.Unavailable,
                $"nothing runs in {Home.Root}, and no cluster is named. Start the local engine with 'lifecycle up', or name a cluster with --address, a profile or TEMPORAL_ADDRESS.");
        }

        return options;
    }
}
