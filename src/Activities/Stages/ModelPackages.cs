using Lifecycle.Data.Snapshots;

namespace Lifecycle.Activities.Stages;

/// <summary>Installs a model's data packages ahead of its first run; stage Snapshot does the same when they are missing.</summary>
public static class ModelPackages
{
    /// <summary>Installs the packages of <paramref name="modelFolder"/> unless they are there.</summary>
    public static Task InstallAsync(string modelFolder, string packagesFolder, IProgress<string> progress, CancellationToken cancellation) =>
        new NpmPackageCache(packagesFolder, TimeProvider.System).InstallAsync(modelFolder, progress, cancellation);
}
