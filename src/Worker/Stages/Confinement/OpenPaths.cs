using System.Collections.Immutable;

namespace Lifecycle.Worker.Stages.Confinement;

/// <summary>A file or folder that a child may open, with everything below it.</summary>
/// <param name="Path">Its path, without links.</param>
/// <param name="IsWritable">Whether it may be changed.</param>
internal readonly record struct OpenPath(string Path, bool IsWritable);

/// <summary>
/// Which files a child may open: its own, those of the program, the runtime, Node and the system. A folder in which the denied
/// one lies is opened entry by entry on the way there, so that the denied one stays closed wherever it is.
/// </summary>
internal static class OpenPaths
{
    private static readonly string[] System =
    [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix", "/snap", "/proc", "/sys",
        "/run/systemd/resolve", "/var/lib/ca-certificates",
    ];

    private static readonly string[] Devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"];

    private static readonly string[] NodePrograms = ["node", "npm"];

    private static readonly string[] Told = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "NPM_CONFIG_USERCONFIG", "npm_config_userconfig"];

    /// <summary>The paths that exist.</summary>
    /// <exception cref="InvalidOperationException">The denied folder lies in one that a child writes to.</exception>
    public static ImmutableArray<OpenPath> Of(StageConfinement confinement)
    {
        string denied = Resolve(confinement.Denied);
        if (confinement.ReadWrite.FirstOrDefault(folder => Holds(Resolve(folder), denied)) is { } wide)
        {
            throw new InvalidOperationException($"stages write to {wide}, and the keys lie in it ({denied}); choose another scratch folder");
        }

        IEnumerable<string> readable = [.. System, .. Programs(), .. confinement.ReadOnly];
        IEnumerable<string> writable = [.. Devices, .. confinement.ReadWrite, .. PackageCache()];
        return
        [
            .. readable.Where(Path.Exists).SelectMany(path => Around(Resolve(path), denied)).Select(path => new OpenPath(path, IsWritable: false)),
            .. writable.Where(Path.Exists).SelectMany(path => Around(Resolve(path), denied)).Select(path => new OpenPath(path, IsWritable: true)),
        ];
    }

    private static IEnumerable<string> Around(string path, string denied)
    {
        if (!Holds(path, denied))
        {
            return Holds(denied, path) ? [] : [path];
        }

        return Directory.EnumerateFileSystemEntries(path)
            .Where(entry => new FileInfo(entry).LinkTarget is null)
            .SelectMany(entry => Around(entry, denied));
    }

    // Whether a path is in a folder, or is it.
    private static bool Holds(string folder, string path) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : $"{folder}/", StringComparison.Ordinal);

    private static IEnumerable<string> Programs()
    {
        yield return AppContext.BaseDirectory;
        if (Path.GetDirectoryName(Resolve(DotnetHost.Path)) is { Length: > 0 } runtime)
        {
            yield return runtime;
        }

        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string found in NodePrograms.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            {
                // bin/node and lib/node_modules/npm lie beside each other.
                yield return Path.GetDirectoryName(Path.GetDirectoryName(Resolve(found))) ?? folder;
                yield return folder;
            }
        }

        foreach (string name in Told)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } told)
            {
                yield return Path.GetFullPath(told);
            }
        }

        if (Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home)
        {
            yield return Path.Combine(home, ".npmrc");
        }
    }

    // npm reads what it fetched before from here; made now, since what is not there cannot be opened later.
    private static IEnumerable<string> PackageCache()
    {
        string? told = Environment.GetEnvironmentVariable("npm_config_cache") ?? Environment.GetEnvironmentVariable("NPM_CONFIG_CACHE");
        string? cache = told ?? (Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".npm") : null);
        if (cache is null)
        {
            return [];
        }

        try
        {
            return [Directory.CreateDirectory(cache).FullName];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string resolved = "/";
        foreach (string name in full.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            FileInfo next = new(Path.Combine(resolved, name));
            resolved = next.LinkTarget is null ? next.FullName : Resolve(next.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return resolved;
    }
}
