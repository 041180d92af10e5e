using System.CommandLine;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Connections;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Options;

/// <summary>The options that every verb understands.</summary>
public static class GlobalOptions
{
    /// <summary>The home folder.</summary>
    public static Option<string?> Home { get; } = new("--home") { Description = "Home folder (default: $LIFECYCLE_HOME, else ~/.lifecycle)", Recursive = true, HelpName = "DIR" };

    /// <summary>JSON output.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the result as one JSON document", Recursive = true };

    /// <summary>Address of an engine.</summary>
    public static Option<string?> Address { get; } = new("--address") { Description = "Address of a Temporal cluster, host:port (default: what 'lifecycle up' started, else TEMPORAL_ADDRESS)", Recursive = true, HelpName = "HOST:PORT" };

    /// <summary>Namespace on the engine.</summary>
    public static Option<string?> Namespace { get; } = new("--namespace") { Description = "Temporal namespace (default: the profile's, else 'default')", Recursive = true, HelpName = "NAME" };

    /// <summary>Profile of temporal.toml.</summary>
    public static Option<string?> Profile { get; } = new("--profile") { Description = "Profile of temporal.toml to connect with", Recursive = true, HelpName = "NAME" };

    /// <summary>Connection string of the blob account.</summary>
    public static Option<string?> Blob { get; } = new("--blob") { Description = "Azure Blob Storage connection string (default: what 'lifecycle up' started, else $LIFECYCLE_BLOB)", Recursive = true, HelpName = "CONNECTION" };

    /// <summary>The home of a parsed command line.</summary>
    public static HomeFolder HomeOf(ParseResult parsed) => HomeFolder.Resolve(parsed.GetValue(Home));

    /// <summary>The connection of a parsed command line.</summary>
    public static Connection ConnectionOf(ParseResult parsed) =>
        new(HomeOf(parsed), parsed.GetValue(Address), parsed.GetValue(Namespace), parsed.GetValue(Profile))
        {
            Runtime = SdkLog.RuntimeFor(HomeOf(parsed)),
        };

    /// <summary>The blob account of a parsed command line.</summary>
    public static string BlobOf(ParseResult parsed) => BlobConnection.Resolve(HomeOf(parsed), parsed.GetValue(Blob));

    /// <summary>The output of a parsed command line.</summary>
    public static CommandOutput OutputOf(ParseResult parsed) => CommandOutput.ForProcess(parsed.GetValue(Json));
}
