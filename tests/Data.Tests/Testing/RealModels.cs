using Lifecycle.Data.Snapshots;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;

[assembly: AssemblyFixture(typeof(Lifecycle.Data.Tests.Testing.RealModels))]

namespace Lifecycle.Data.Tests.Testing;

/// <summary>The repository's models with their real packages; a DataSnapshot is taken once and shared by all tests.</summary>
public sealed class RealModels : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<(string Model, string Snapshot), TakenSnapshot> taken = [];

    /// <summary>Packages stay between runs, as in production.</summary>
    public static string PackageCache => Path.Combine(Checkout.Root, "artifacts", "packages");

    public static SnapshotTaker Taker(DataLimits? limits = null) => new(new NpmPackageCache(PackageCache, TimeProvider.System), limits ?? new DataLimits());

    public static LoadedModelDefinition Definition(string model) => new ModelCatalog(Checkout.Models).Read(model);

    public async Task<TakenSnapshot> TakeAsync(string model, string snapshot)
    {
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!taken.TryGetValue((model, snapshot), out TakenSnapshot? known))
            {
                known = await TakeAnewAsync(model, snapshot);
                taken.Add((model, snapshot), known);
            }

            return known;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<TakenSnapshot> TakeAnewAsync(string model, string snapshot, DataLimits? limits = null)
    {
        LoadedModelDefinition loaded = Definition(model);
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(scratch, Guid.NewGuid().ToString("N"))).FullName, "rows.parquet");
        DataSnapshot rows = await Taker(limits).TakeAsync(loaded.Definition, loaded.Folder, snapshot, path, progress: null, TestContext.Current.CancellationToken);
        return new TakenSnapshot(rows, path);
    }

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(scratch, recursive: true);
    }
}

/// <summary>A DataSnapshot and where its rows lie.</summary>
public sealed record TakenSnapshot(DataSnapshot Snapshot, string Path);
