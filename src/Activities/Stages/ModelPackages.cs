using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Definitions;

namespace Lifecycle.Activities.Stages;

/// <summary>A model's data without a run: installs its packages, as stage Snapshot does when they are missing, and takes its rows.</summary>
public static class ModelPackages
{
    /// <summary>Installs the packages of <paramref name="modelFolder"/> unless they are there.</summary>
    public static Task InstallAsync(string modelFolder, string packagesFolder, IProgress<string> progress, CancellationToken cancellation) =>
        new NpmPackageCache(packagesFolder, TimeProvider.System).InstallAsync(modelFolder, progress, cancellation);

    /// <summary>Takes a DataSnapshot of a model into a file, without a run.</summary>
    public static Task TakeRowsAsync(string modelFolder, string snapshot, string packagesFolder, string parquetPath, CancellationToken cancellation) =>
        new SnapshotTaker(new NpmPackageCache(packagesFolder, TimeProvider.System), new DataLimits())
            .TakeAsync(ModelDefinitionReader.Read(modelFolder).Definition, modelFolder, snapshot, parquetPath, null, cancellation);
}
