using Lifecycle.Cli.Failures;

namespace Lifecycle.Cli.Homes;

/// <summary>The checkout that this program was built from: where models/ and infra/ lie.</summary>
/// <param name="Root">Absolute path of the checkout.</param>
public sealed record SourceTree(string Root)
{
    /// <summary>The model definitions.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>The pinned blob emulator.</summary>
    public string Azurite => Path.Combine(Root, "infra", "azurite");

    /// <summary>
    /// Finds the checkout: <c>LIFECYCLE_ROOT</c> (the wrapper sets it), else the nearest folder above this program that holds
    /// Lifecycle.sln.
    /// </summary>
    public static SourceTree Find()
    {
        string? told = Environment.GetEnvironmentVariable("LIFECYCLE_ROOT");
        if (!string.IsNullOrWhiteSpace(told))
        {
            return new SourceTree(Path.GetFullPath(told));
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lifecycle.sln")))
            {
                return new SourceTree(folder.FullName);
            }
        }

        throw new CommandException(ExitCodes.Unavailable, "the models/ and infra/ folders were not found; set LIFECYCLE_ROOT to the checkout");
    }

    /// <summary>Where the models' data packages are installed, in <see cref="PackageCache"/>.</summary>
    public static string DataPackages() => Path.Combine(PackageCache(), "packages");

    /// <summary>Where installed packages are kept between homes: <c>LIFECYCLE_CACHE</c>, else the user's cache folder.</summary>
    public static string PackageCache()
    {
        string? told = Environment.GetEnvironmentVariable("LIFECYCLE_CACHE");
        if (!string.IsNullOrWhiteSpace(told))
        {
            return Path.GetFullPath(told);
        }

        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(string.IsNullOrWhiteSpace(cache) ? Path.Combine(home, ".cache") : cache, "lifecycle");
    }
}
