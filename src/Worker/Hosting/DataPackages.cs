using Lifecycle.Activities.Stages;

namespace Lifecycle.Worker.Hosting;

/// <summary>Installs a model's data packages ahead of its first run.</summary>
public static class DataPackages
{
    /// <summary>Installs the packages of <paramref name="modelFolder"/> unless they are there.</summary>
    public static Task InstallAsync(string modelFolder, string packagesFolder, IProgress<string> progress, CancellationToken cancellation) =>
        ModelPackages.InstallAsync(modelFolder, packagesFolder, progress, cancellation);
}
