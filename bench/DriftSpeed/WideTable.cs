using System.Globalization;

namespace Lifecycle.DriftSpeed;

/// <summary>
/// A generated table of many columns: of ten, seven are continuous (single precision), one is zero-inflated, one has fifty
/// levels, and one is a whole number. In the window every hundredth column has moved.
/// </summary>
internal static class WideTable
{
    private const int MovedEvery = 100;

    public static async Task<int> RunAsync(string folder, int rows, int columns, CancellationToken cancellation)
    {
        string full = Directory.CreateDirectory(folder).FullName;
        (string baseline, string window) = (Path.Combine(full, "wide-baseline.parquet"), Path.Combine(full, "wide-window.parquet"));
        await WriteAsync(baseline, rows, columns, seed: 1, moved: false, cancellation);
        await WriteAsync(window, rows, columns, seed: 2, moved: true, cancellation);
        return await MeasuredComparison.StoreAndRunApartAsync(baseline, window, cancellation);
    }

    private static Task WriteAsync(string path, int rows, int columns, int seed, bool moved, CancellationToken cancellation)
    {
        IEnumerable<string> selection = Enumerable.Range(0, columns).Select(column =>
            string.Create(CultureInfo.InvariantCulture, $"{Column(column, seed, moved && column % MovedEvery == 0)} AS c{column}"));
        return Duck.WriteParquetAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT {string.Join(", ", selection)} FROM range({rows}) AS t (i)"), path, cancellation);
    }

    private static string Column(int column, int seed, bool moved)
    {
        string uniform = string.Create(CultureInfo.InvariantCulture, $"((hash(i, {column}, {seed}) >> 40) / 16777216.0)");
        return (column % 10) switch
        {
            7 => $"if({uniform} < .4, 0, exp({uniform} * 8))::FLOAT",
            8 => $"'level ' || floor({uniform} * {uniform} * 50)::INTEGER",
            9 => $"floor({uniform} * 1000)::INTEGER",
            _ => $"(sqrt({uniform}){(moved ? " + .1" : "")})::FLOAT",
        };
    }
}
