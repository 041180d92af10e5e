using System.Text.Json;
using Lifecycle.Domain;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Reads what a child reports. The channel is its standard output, where native code may print as well: what is no report is
/// passed over.
/// </summary>
/// <param name="output">The child's standard output.</param>
internal sealed class StageReports(Stream output)
{
    /// <summary>Longest report. Results are small records; the engine takes 2 MB.</summary>
    public const int MaximumBytes = 4 << 20;

    private const int LongestProgress = 200;

    private readonly BoundedLines lines = new(output, MaximumBytes);

    /// <summary>Whether the child said that the system keeps it to its files; null until it said so.</summary>
    public bool? IsConfined { get; private set; }

    /// <summary>The report about the stage; null when the child ended without one.</summary>
    /// <param name="progress">Told how far it is.</param>
    public async Task<StageReport?> ReadEndAsync(Action<string> progress)
    {
        while (await lines.ReadAsync() is { } line)
        {
            StageReport? report = Parse(line);
            IsConfined = report?.IsConfined ?? IsConfined;
            if (report?.Progress is { } told)
            {
                progress(told.Length <= LongestProgress ? told : told[..LongestProgress]);
            }

            if (report is { Answer: not null } or { Failure: not null })
            {
                return report;
            }
        }

        return null;
    }

    /// <summary>A report as it is sent: between line feeds, so that half a line of somebody else's spoils nothing.</summary>
    public static byte[] Format(StageReport report) => [(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(report, DomainJson.Compact), (byte)'\n'];

    private static StageReport? Parse(byte[] line)
    {
        try
        {
            return line is [(byte)'{', ..] ? JsonSerializer.Deserialize<StageReport>(line, DomainJson.Compact) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
