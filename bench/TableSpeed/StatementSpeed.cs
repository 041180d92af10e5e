using System.Globalization;
using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;

namespace Lifecycle.TableSpeed;

/// <summary>Times the first two stages of a model, and then, on the same files, the statements that they ran and nothing else.</summary>
internal static class StatementSpeed
{
    public static async Task MeasureAsync(string root, string name, string snapshot, string previous, int rounds)
    {
        LoadedModelDefinition model = ModelDefinitionReader.Read(Path.Combine(root, "models", name));
        SnapshotTaker taker = new(new NpmPackageCache(Path.Combine(root, "artifacts", "packages"), TimeProvider.System), Limits);
        DirectoryInfo work = Directory.CreateTempSubdirectory("table-speed-");
        try
        {
            string before = Path.Combine(work.FullName, "before.parquet");
            await taker.TakeAsync(model.Definition, model.Folder, previous, before, progress: null, CancellationToken.None);
            await Console.Out.WriteLineAsync("| stage | product, s | statements, s | ratio | product, CPU s | statements, CPU s | ratio | statements |\n|---|---|---|---|---|---|---|---|");
            for (int round = 0; round < rounds; round++)
            {
                string rows = Path.Combine(work.FullName, $"rows-{round}.parquet");
                await CompareAsync("snapshot", () => taker.TakeAsync(model.Definition, model.Folder, snapshot, rows, progress: null, CancellationToken.None));
                await CompareAsync("contract and statistics", () => Task.FromResult(
                    SnapshotValidator.Validate(rows, model.Definition, new PreviousSnapshot(previous, before), Limits, CancellationToken.None)));
            }
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static DataLimits Limits { get; } = new();

    private static async Task CompareAsync<T>(string stage, Func<Task<T>> run)
    {
        using RecordedStatements recorded = new();
        Stopwatched began = Stopwatched.Begin();
        _ = await run();
        Taken product = began.Taken;
        Taken bare = recorded.Replay();
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {stage} | {product.Wall:0.00} | {bare.Wall:0.00} | {product.Wall / bare.Wall:0.00} | {product.Processor:0.00} | {bare.Processor:0.00} | {product.Processor / bare.Processor:0.00} | {recorded.Count} |"));
    }
}
