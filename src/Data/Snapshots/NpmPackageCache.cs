using System.Text;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Data.Snapshots;

/// <summary>
/// Installed npm packages, one folder for each content of package.json and package-lock.json. A folder is made aside and
/// renamed when complete, so it is whole or absent whatever is killed, and processes that install at once agree. Every
/// use checks the files against the digests noted at installation.
/// </summary>
/// <param name="cacheFolder">Folder of the cache; may be deleted at any time when nothing runs.</param>
/// <param name="time">Clock of the progress reports.</param>
/// <param name="npm">Name or path of npm.</param>
public sealed class NpmPackageCache(string cacheFolder, TimeProvider time, string npm = "npm")
{
    private const string PackagesFolder = "node_modules";
    private static readonly TimeSpan LongestInstallation = TimeSpan.FromDays(1);
    private static readonly string[] Inputs = ["package.json", "package-lock.json"];

    /// <summary>The installed packages of a model, installing them if needed.</summary>
    /// <param name="modelFolder">Folder with package.json and package-lock.json.</param>
    /// <param name="progress">Told what is being done while it takes long.</param>
    /// <param name="cancellation">Stops npm and leaves nothing behind.</param>
    /// <exception cref="PackageInstallException">npm is missing, or the registry was not reached.</exception>
    /// <exception cref="InvalidDataSourceException">The lock file is missing or inconsistent.</exception>
    public async Task<InstalledPackages> InstallAsync(string modelFolder, IProgress<string>? progress, CancellationToken cancellation)
    {
        string model = Path.GetFileName(Path.TrimEndingDirectorySeparator(modelFolder));
        string folder = Path.Combine(Path.GetFullPath(cacheFolder), DigestOfInputs(modelFolder, model));
        if (Directory.Exists(folder))
        {
            if (PackageManifest.Read(folder) is { } manifest && manifest.Holds())
            {
                return new InstalledPackages(Path.Combine(folder, PackagesFolder), manifest);
            }

            progress?.Report($"the installed data packages of {model} were altered; installing them anew");
            SetAside(folder);
        }

        return await InstallAnewAsync(modelFolder, model, folder, progress, cancellation);
    }

    private async Task<InstalledPackages> InstallAnewAsync(string modelFolder, string model, string folder, IProgress<string>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(cacheFolder);
        DeleteLeftovers();
        using StagingFolder staging = new(folder);
        string made = Directory.CreateDirectory(staging.File("install")).FullName;
        foreach (string input in Inputs)
        {
            File.Copy(Path.Combine(modelFolder, input), Path.Combine(made, input));
        }

        progress?.Report($"installing the data packages of {model}");
        await new NpmCommand(npm, time).InstallAsync(made, model, progress, cancellation);
        PackageManifest.Write(made, PackagesFolder);
        try
        {
            DurableFiles.Local.PublishFolder(made, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster, and what it installed is the same.
        }

        return new InstalledPackages(Path.Combine(folder, PackagesFolder), PackageManifest.Read(folder)!);
    }
    private static string DigestOfInputs(string modelFolder, string model)
    {
        StringBuilder digests = new();
        foreach (string input in Inputs)
        {
            string path = Path.Combine(modelFolder, input);
            if (!File.Exists(path))
            {
                throw new InvalidDataSourceException($"model '{model}' has no {input}; write both with 'npm install' in the model's folder and commit them");
            }

            digests.Append(Sha256Digest.OfFile(path)).Append('\n');
        }

        return Sha256Digest.Of(Encoding.ASCII.GetBytes(digests.ToString()));
    }

    private void DeleteLeftovers()
    {
        foreach (DirectoryInfo leftover in new DirectoryInfo(cacheFolder).EnumerateDirectories(StagingFolder.Pattern))
        {
            if (time.GetUtcNow() - leftover.CreationTimeUtc > LongestInstallation)
            {
                leftover.Delete(recursive: true);
            }
        }
    }

    private static void SetAside(string folder)
    {
        string aside = $"{folder}.altered-{Guid.NewGuid():N}";
        try
        {
            Directory.Move(folder, aside);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process set it aside first.
            return;
        }

        Directory.Delete(aside, recursive: true);
    }
}
