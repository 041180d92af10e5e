using System.Globalization;
using System.Text;

namespace Lifecycle.NewKinds.Tests;

/// <summary>
/// A model of an ordinal target, a folder like any other under models/. Its rows are GENERATED (seeded), and say nothing about the label:
/// so a constant loses less than a reference that believes the few rows of each station, and is blessed.
/// </summary>
internal static class RainModel
{
    public const string Name = "sample-rain";
    public const string Snapshot = "2024-01";

    private static readonly string[] Levels = ["none", "light", "heavy"];

    private const string Definition = """
        name: sample-rain
        owner: tests
        description: Generated rows; proves that a kind of target and a trainer can be added from outside.
        source: { sql: rows.sql, files: { rows: data/rows.csv } }
        snapshots:
          - { id: 2024-01, cutoff: 2024-01-31 }
        contract:
          minimumRows: 100
          columns:
            day: { type: integer, unique: true }
            station: { type: text }
            humidity: { type: number, maximumNullRate: 0.1 }
            rain: { type: text }
        target: { type: ordinal, label: rain, levels: [none, light, heavy] }
        features:
          key: day
          inputs:
            station: { type: category }
            humidity: { type: number, nullable: true }
          transforms:
            - { type: numeric, inputs: [humidity] }
        trainer: { type: constant, addedRows: 2 }
        reference: { groups: [[station]] }
        gate: { loss: logLoss, minimumRowsPerClass: 5, maximumMedianMicroseconds: 100000 }
        approval: { threshold: 2, timeout: 1h, reminderInterval: 10m, maximumDecisionAge: 24h }
        channel: production
        """;

    /// <summary>Writes the model's folder into <paramref name="models"/>.</summary>
    public static void WriteTo(string models)
    {
        string folder = Path.Combine(models, Name);
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.WriteAllText(Path.Combine(folder, "model.yaml"), Definition);
        File.WriteAllText(Path.Combine(folder, "rows.sql"), """
            SELECT day, station, humidity, rain
            FROM read_csv(getvariable('rows'), header = true, columns = {'day': 'BIGINT', 'station': 'VARCHAR', 'humidity': 'DOUBLE', 'rain': 'VARCHAR'})

            """);
        File.WriteAllText(Path.Combine(folder, "data", "rows.csv"), Rows());
    }

    private static string Rows()
    {
        Random random = new(5);
        StringBuilder rows = new("day,station,humidity,rain\n");
        for (int day = 0; day < 900; day++)
        {
            string humidity = day % 17 == 0 ? "" : random.NextDouble().ToString("0.000", CultureInfo.InvariantCulture);
            string level = Levels[Math.Min(2, random.Next(6) / 2)];
            rows.Append(CultureInfo.InvariantCulture, $"{day},s{random.Next(200)},{humidity},{level}\n");
        }

        return rows.ToString();
    }
}
