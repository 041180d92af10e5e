using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Schedules;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Sensors;
using Lifecycle.Storage;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle sensors</c>: what the sensors saw, and whether their data is fresh.</summary>
public static class SensorsVerb
{
    /// <summary>One sensor; without a record it was never looked at.</summary>
    public sealed record Row(string Model, string Sensor, string Looks, SensorRecord? Record, bool IsStale);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        ChosenModels models = new();
        return Verb.Create("sensors", "Show what the data sensors saw; exit 1 when one is stale", "sensors", "sensors disposable-domain --json")
            .Does([models.Model, models.Folder.Option], async (parsed, output, cancellation) =>
            {
                SensorRecords records = new(await BlobRooms.OpenStoreAsync(GlobalOptions.BlobOf(parsed), cancellation));
                List<Row> rows = [];
                foreach (ModelDefinition model in models.Read(parsed, cancellation))
                {
                    IReadOnlyList<SensorRecord> known = await records.ReadAllAsync(model.Name, cancellation);
                    rows.AddRange(model.Sensors.Select(sensor => RowOf(model.Name, sensor, known.FirstOrDefault(record => record.Sensor == sensor.Id))));
                }

                output.Result(rows, console => Draw(console, rows));
                return rows.Any(row => row.IsStale) ? ExitCodes.Negative : ExitCodes.Success;
            });
    }

    private static Row RowOf(string model, SensorDefinition sensor, SensorRecord? record) => new(
        model, sensor.Id, sensor.File ?? sensor.Blob ?? "webhook", record,
        record is not null && (record with { Freshness = sensor.Freshness }).IsStaleAt(TimeProvider.System.GetUtcNow()));

    private static void Draw(IAnsiConsole console, List<Row> rows)
    {
        Table table = Texts.Table("model", "sensor", "looks at", "digest", "changed", "looked at", "");
        foreach (Row row in rows)
        {
            table.AddRow(
                new Text(row.Model), new Text(row.Sensor), new Text(row.Looks), new Text(Texts.Short(row.Record?.Digest ?? "")),
                new Text(Time(row.Record?.ChangedAt)), new Text(Time(row.Record?.CheckedAt)), new Text(row.Record is null ? "never looked at" : row.IsStale ? "STALE" : "fresh"));
        }

        console.Write(table);
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
