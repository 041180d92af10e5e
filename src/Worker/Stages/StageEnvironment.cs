using System.Globalization;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// What a child inherits of the worker's environment: what runtimes and npm need to find themselves, and nothing else, since
/// secrets of the operator stand in variables too.
/// </summary>
internal static class StageEnvironment
{
    private static readonly string[] Names =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
        "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "PATHEXT", "COMSPEC", "APPDATA", "LOCALAPPDATA", "USERPROFILE", "PROGRAMFILES", "PROGRAMDATA",
    ];

    private static readonly string[] Prefixes = ["DOTNET_", "LC_", "NPM_CONFIG_", "NODE_", "OMP_"];

    /// <summary>Fills a child's environment.</summary>
    /// <param name="environment">The child's, as inherited; changed here.</param>
    /// <param name="memoryMegabytes">The wall that the managed heap stays below.</param>
    /// <param name="temporaryFolder">Where it and its tools put temporary files.</param>
    public static void Reduce(IDictionary<string, string?> environment, int memoryMegabytes, string temporaryFolder)
    {
        foreach (string name in environment.Keys.Where(name => !IsInherited(name)).ToArray())
        {
            environment.Remove(name);
        }

        foreach (string name in (string[])["TMPDIR", "TMP", "TEMP"])
        {
            environment[name] = temporaryFolder;
        }

        // In hexadecimal, as the runtime reads it.
        environment["DOTNET_GCHeapHardLimit"] = (memoryMegabytes * 3L / 4 << 20).ToString("x", CultureInfo.InvariantCulture);

        // Its socket would lie in the machine's temporary folder, which the child cannot open.
        environment["DOTNET_EnableDiagnostics"] = "0";
    }

    private static bool IsInherited(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
