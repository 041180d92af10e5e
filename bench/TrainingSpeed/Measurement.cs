using System.Globalization;
using Lifecycle.Domain;

namespace Lifecycle.TrainingSpeed;

/// <summary>What one training took.</summary>
/// <param name="Time">From features in memory to the saved model.</param>
/// <param name="Processor">The same on all processors.</param>
/// <param name="Model">The model's text, the same bytes on both sides.</param>
internal sealed record Measurement(TimeSpan Time, TimeSpan Processor, byte[] Model)
{
    public const string Heading = """
        | rows | features | side | train | train, CPU | peak of the process | SHA-256 of the model |
        |---|---|---|---|---|---|---|
        """;

    public string ToTableRow(string side, Table table) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {table.RowCount:N0} | {table.FeatureCount} | {side} | {Time.TotalSeconds:F1} s | {Processor.TotalSeconds:F1} s | {PeakMegabytes():N0} MB | {Sha256Digest.Of(Model)[..12]} |");

    // What the kernel noted as the largest resident set.
    private static double PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
