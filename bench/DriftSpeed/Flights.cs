using Lifecycle.Data.Snapshots;

namespace Lifecycle.DriftSpeed;

/// <summary>
/// The three million flights of <c>vega-datasets</c> (United States, first half of 2001) as nine columns. The window holds the
/// same flights with planted drift: four minutes later, and 2% of the distances missing.
/// </summary>
internal static class Flights
{
    public static async Task<int> RunAsync(string folder, string packageCache, CancellationToken cancellation)
    {
        InstalledPackages packages = await new NpmPackageCache(packageCache, TimeProvider.System).InstallAsync("bench/DriftSpeed/data", progress: null, cancellation);
        string source = Path.Combine(packages.Folder, "vega-datasets", "data", "flights-3m.parquet");
        string full = Directory.CreateDirectory(folder).FullName;
        (string baseline, string window) = (Path.Combine(full, "flights-baseline.parquet"), Path.Combine(full, "flights-window.parquet"));
        await Duck.WriteParquetAsync(Columns(source, "delay", "distance"), baseline, cancellation);
        await Duck.WriteParquetAsync(Columns(source, "delay + 4", "if(distance % 50 = 0, NULL, distance)"), window, cancellation);
        return await MeasuredComparison.StoreAndRunApartAsync(baseline, window, cancellation);
    }

    private static string Columns(string source, string delay, string distance) => $"""
        SELECT {delay} AS delay, {distance} AS distance, origin, destination, hour(date) AS hour, isodow(date) AS weekday,
            dayofyear(date) AS day, hour(date) * 60 + minute(date) AS minute, ({delay}) / ({distance})::DOUBLE AS delay_per_mile
        FROM read_parquet('{source}')
        """;
}
