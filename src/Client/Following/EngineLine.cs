using Lifecycle.Client.Connections;
using Temporalio.Client;

namespace Lifecycle.Client.Following;

/// <summary>
/// A connection that outlives the engine's process: where the home's services come back at another address, the next
/// <see cref="Client"/> is connected there. A cluster that was named on the command line stays where it is.
/// </summary>
public sealed class EngineLine
{
    private readonly Connection? connection;
    private string? target;

    private EngineLine(Connection? connection, ITemporalClient client)
    {
        this.connection = connection;
        Client = client;
        target = connection?.Announced();
    }

    /// <summary>The client of the engine as it was last found.</summary>
    public ITemporalClient Client { get; private set; }

    /// <summary>Where it is connected to, for people.</summary>
    public string Target => Client.Connection.Options.TargetHost ?? "an unnamed address";

    /// <summary>Connects.</summary>
    public static async Task<EngineLine> OpenAsync(Connection connection, CancellationToken cancellation) =>
        new(connection, await connection.ConnectAsync(cancellation));

    /// <summary>A line over a client that lives as long as this process, such as that of a demo's own engine.</summary>
    public static EngineLine Over(ITemporalClient client) => new(null, client);

    /// <summary>Connects anew where the home's services have moved; whether they had, and answer.</summary>
    public async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        if (connection?.Announced() is not { } announced || announced == target)
        {
            return false;
        }

        try
        {
            Client = await connection.ConnectAsync(cancellation);
            target = announced;
            return true;
        }
        catch (ClientException)
        {
            // Announced, and gone again: the next look tells.
            return false;
        }
    }
}
