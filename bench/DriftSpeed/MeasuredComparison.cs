using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Domain;
using Lifecycle.Domain.Drift;

namespace Lifecycle.DriftSpeed;

/// <summary>A comparison of all common columns against a stored baseline, measured as a whole program: its time and its peak memory.</summary>
internal static class MeasuredComparison
{
    private static readonly DataLimits Limits = new() { MemoryMegabytes = 256 };

    /// <summary>Counts and stores the baseline of a file, then compares in a new process, so that nothing before it counts.</summary>
    public static async Task<int> StoreAndRunApartAsync(string baseline, string window, CancellationToken cancellation)
    {
        ImmutableArray<FigureDefinition> figures = DriftFigures.OfCommonColumns(baseline, window, Limits, cancellation);
        BaselineDocument stored = DriftBaselines.Count(baseline, figures, Limits, cancellation);
        await File.WriteAllBytesAsync(StoredPath(baseline), JsonSerializer.SerializeToUtf8Bytes(stored, DomainJson.Indented), cancellation);
        string program = Path.Combine(AppContext.BaseDirectory, "Lifecycle.DriftSpeed");
        using Process process = Process.Start(new ProcessStartInfo(program, ["compare", baseline, window]))
            ?? throw new InvalidOperationException($"{program} did not start");
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    /// <summary>Compares in this process.</summary>
    public static async Task<int> RunAsync(string baseline, string window, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        BaselineDocument stored = BaselineDocument.Read(await File.ReadAllBytesAsync(StoredPath(baseline), cancellation));
        WindowDrift drift = WindowComparison.Compare(baseline, window, DriftFigures.Of(stored, isLabelled: true), new DriftPolicy(), Limits, cancellation);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        foreach (FigureDrift figure in drift.Figures.Take(9))
        {
            await Console.Out.WriteLineAsync($"{figure.Name,-16} {figure.Kind,-15} {figure.Level,-6} {EffectText.Of(figure)}");
        }

        double peak = await PeakMegabytesAsync(cancellation);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{drift.RowCount:N0} rows × {drift.FigureCount} columns: {elapsed.TotalSeconds:F1} s, {Environment.CpuUsage.TotalTime.TotalSeconds:F1} s of processors, peak {peak:F0} MB, {drift.ActCount} act, {drift.WarnCount} warn"));
        return 0;
    }

    private static string StoredPath(string baseline) => Path.ChangeExtension(baseline, ".json");

    private static async Task<double> PeakMegabytesAsync(CancellationToken cancellation)
    {
        const string field = "VmHWM:";
        string line = (await File.ReadAllLinesAsync("/proc/self/status", cancellation)).Single(one => one.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
