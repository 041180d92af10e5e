using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Storage.Emulator;

/// <summary>
/// npm packages as a lock file pins them, installed once for each lock file into a cache folder. An installation is
/// complete or absent, whatever is killed, and several processes may install at once. No package's scripts are run.
/// </summary>
/// <param name="DefinitionFolder">Folder of package.json, lock file and .npmrc, such as the repository's infra/azurite.</param>
/// <param name="Folder">The installed packages.</param>
public sealed record NpmInstallation(string DefinitionFolder, string Folder)
{
    private const int MinimumNodeMajor = 20;

    private static readonly string[] PinnedFiles = ["package.json", "package-lock.json", ".npmrc"];

    /// <summary>Finds the installation, or makes it with <c>npm ci</c>; for the emulator about 15 seconds the first time.</summary>
    /// <param name="definitionFolder">Folder of package.json, lock file and .npmrc.</param>
    /// <param name="cacheFolder">Where installations lie, one folder for each lock file.</param>
    /// <param name="progress">Told, in a sentence, of steps that take long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EmulatorException">Node or npm is missing or too old, or npm failed.</exception>
    public static async Task<NpmInstallation> EnsureAsync(
        string definitionFolder, string cacheFolder, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        string lockFile = Path.Combine(definitionFolder, "package-lock.json");
        if (!File.Exists(lockFile))
        {
            throw new EmulatorException($"{lockFile} is missing: it pins the packages to install.");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(definitionFolder)));
        string folder = Path.Combine(cacheFolder, $"{name}-{Sha256Digest.OfFile(lockFile, cancellationToken)[..16]}");
        if (!Directory.Exists(folder))
        {
            progress?.Report($"installing the packages of {name} with npm, once");
            await RequireNodeAsync(definitionFolder, cancellationToken);
            await InstallAsync(definitionFolder, folder, cancellationToken);
            progress?.Report($"packages of {name} installed");
        }

        return new NpmInstallation(Path.GetFullPath(definitionFolder), folder);
    }

    private static async Task RequireNodeAsync(string workingFolder, CancellationToken cancellationToken)
    {
        string version = (await ChildProcess.RunAsync("node", ["--version"], workingFolder, TimeSpan.FromSeconds(20), cancellationToken)).Trim();
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out int major) || major < MinimumNodeMajor)
        {
            throw new EmulatorException($"`node` is {version}, expected {MinimumNodeMajor} or newer: install a newer Node.js.");
        }
    }

    private static async Task InstallAsync(string definitionFolder, string folder, CancellationToken cancellationToken)
    {
        string temporary = $"{folder}.{Path.GetRandomFileName()}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            foreach (string file in PinnedFiles)
            {
                File.Copy(Path.Combine(definitionFolder, file), Path.Combine(temporary, file));
            }

            string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"];
            await ChildProcess.RunAsync("npm", arguments, temporary, TimeSpan.FromMinutes(5), cancellationToken);
            MoveIntoPlace(temporary, folder);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static void MoveIntoPlace(string temporary, string folder)
    {
        try
        {
            DurableFiles.Local.PublishFolder(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was first with the same content.
        }
    }
}
