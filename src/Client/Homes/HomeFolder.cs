namespace Lifecycle.Client.Homes;

/// <summary>
/// One installation's folder: everything that <c>lifecycle</c> keeps on this machine, and nothing outside it but the
/// package cache. Deleting it deletes the installation.
/// </summary>
/// <param name="Root">Absolute path.</param>
public sealed record HomeFolder(string Root)
{
    /// <summary>The embedded engine's database.</summary>
    public string Engine => Path.Combine(Root, "engine");

    /// <summary>The official dev server's database.</summary>
    public string Temporal => Path.Combine(Root, "temporal");

    /// <summary>File of the embedded engine's database.</summary>
    public string EngineDatabase => Path.Combine(Engine, "engine.db");

    /// <summary>File of the official dev server's database.</summary>
    public string TemporalDatabase => Path.Combine(Temporal, "temporal.db");

    /// <summary>What this home has held: see <c>docs/formats/home.md</c>.</summary>
    public string Marker => Path.Combine(Root, "home.json");

    /// <summary>The blob emulator's data.</summary>
    public string Blobs => Path.Combine(Root, "blobs");

    /// <summary>Enrolment, public keys, and the private keys that were made here.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The operator's rules and receivers of alerts, in the home unless <c>LIFECYCLE_ALERTS</c> names another file; need not exist.</summary>
    public string Alerts => Environment.GetEnvironmentVariable("LIFECYCLE_ALERTS") is { Length: > 0 } told
        ? Path.GetFullPath(told)
        : Path.Combine(Root, "alerts.yaml");

    /// <summary>Verified copies of artifacts, and unfinished work.</summary>
    public string Scratch => Path.Combine(Root, "scratch");

    /// <summary>Publications as plain directories, for people and other tools.</summary>
    public string Publications => Path.Combine(Root, "publications");

    /// <summary>Report pages as plain files.</summary>
    public string Reports => Path.Combine(Root, "reports");

    /// <summary>Logs of background services.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>What runs here, while it runs: see <see cref="ServicesFile"/>.</summary>
    public string Services => Path.Combine(Root, "services.json");

    /// <summary>The home to use: the option, else <c>LIFECYCLE_HOME</c>, else <c>~/.lifecycle</c>.</summary>
    /// <exception cref="ClientException">The option names nothing: whoever wrote <c>--home "$DIR"</c> did not mean the default.</exception>
    public static HomeFolder Resolve(string? option)
    {
        if (option is not null && string.IsNullOrWhiteSpace(option))
        {
            throw new ClientException(ClientFailure.BadInput, "--home is empty, expected a folder; leave it away for LIFECYCLE_HOME or ~/.lifecycle");
        }

        string? chosen = option ?? Environment.GetEnvironmentVariable("LIFECYCLE_HOME");
        string path = string.IsNullOrWhiteSpace(chosen)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".lifecycle")
            : chosen;
        return new HomeFolder(Path.GetFullPath(path));
    }

    /// <summary>Creates the folder; its content is for its owner alone.</summary>
    public HomeFolder Create()
    {
        try
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(Root)
                : Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return this;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientFailure.Unavailable, $"cannot create the home folder {Root}: {failure.Message}; choose another with --home", failure);
        }
    }
}
