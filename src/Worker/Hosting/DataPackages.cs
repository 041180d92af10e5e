using Lifecycle.Activities.Stages;

namespace Lifecycle.Worker.Hosting;

/// <summary>A model's data ahead of its first run.</summary>
public static class DataPackages
{
    /// <summary>Installs the packages of <paramref name="modelFolder"/> unless they are there.</summary>
    public static Task InstallAsync(string modelFolder, string packagesFolder, IProgress<string> progress, CancellationToken cancellation) =>
        ModelPackages.InstallAsync(modelFolder, packagesFolder, progress, cancellation);

    /// <summary>Takes a DataSnapshot of a model into a Parquet file, without a run.</summary>
    public static Task TakeRowsAsync(string modelFolder, string snapshot, string packagesFolder, string parquetPath, CancellationToken cancellation) =>
        ModelPackages.TakeRowsAsync(modelFolder, snapshot, packagesFolder, parquetPath, cancellation);
}
