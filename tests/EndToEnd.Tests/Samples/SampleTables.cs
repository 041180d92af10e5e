using System.Globalization;
using System.Text;

namespace Lifecycle.EndToEnd.Tests.Samples;

/// <summary>
/// Small models of a table, one of a number and two of several classes, folders like any others under models/. Their rows are
/// GENERATED (seeded): orders of several kinds of goods, with what is missing and a target encoding, so that every file of a run is made.
/// </summary>
internal static class SampleTables
{
    /// <summary>The model of a number.</summary>
    public const string Amount = "sample-amount";

    /// <summary>The model of several classes.</summary>
    public const string Level = "sample-level";

    /// <summary>The model of several classes whose rows are split by time.</summary>
    public const string Later = "sample-later";

    /// <summary>The only snapshot.</summary>
    public const string Snapshot = "2024-01";

    private static readonly string[] Levels = ["low", "middle", "high"];
    private static readonly string[] Goods = ["paper", "glass", "steel", "cloth", "stone"];

    /// <summary>Writes the models into <paramref name="parent"/>/models.</summary>
    public static void WriteTo(string parent)
    {
        Write(parent, Amount, "{ type: regression, label: amount, unit: EUR }", "objective: squared", "loss: squared, maximumBias: 0.2, minimumCalibrationRatio: 0.5, maximumCalibrationRatio: 2");
        Write(parent, Level, "{ type: multiclass, label: level, classes: [low, middle, high] }", "objective: multiclass, balanceClasses: false", "loss: logLoss, minimumCalibrationRatio: 0.5, maximumCalibrationRatio: 2");
        Write(parent, Later, "{ type: multiclass, label: level, classes: [low, middle, high] }", "objective: multiclass, balanceClasses: false", "loss: logLoss, minimumCalibrationRatio: 0.5, maximumCalibrationRatio: 2", "{ byTime: ordered_at, holdout: 6d }");
    }

    private static void Write(string parent, string name, string target, string objective, string gate, string split = "{ folds: 5 }")
    {
        string folder = Directory.CreateDirectory(Path.Combine(parent, "models", name, "data")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "model.yaml"), Definition(name, target, objective, gate, split));
        File.WriteAllText(Path.Combine(folder, "rows.sql"), Script);
        File.WriteAllText(Path.Combine(folder, "data", "rows.csv"), Rows());
    }

    private static string Definition(string name, string target, string objective, string gate, string split) => $$"""
        name: {{name}}
        owner: tests
        description: Generated rows; proves that the machinery works, and nothing else.
        source: { sql: rows.sql, files: { rows: data/rows.csv } }
        snapshots:
          - { id: 2024-01, cutoff: 2024-01-31 }
        contract:
          minimumRows: 100
          columns:
            number: { type: integer, unique: true }
            ordered_at: { type: timestamp }
            goods: { type: text }
            weight: { type: number, maximumNullRate: 0.2 }
            express: { type: boolean }
            amount: { type: number, minimum: 0 }
            level: { type: text }
        target: {{target}}
        features:
          key: number
          inputs:
            ordered_at: { type: timestamp, zone: local }
            goods: { type: category }
            weight: { type: number, nullable: true }
            express: { type: boolean }
          transforms:
            - { type: numeric, inputs: [weight], impute: median, indicator: true }
            - { type: numeric, inputs: [express] }
            - { type: oneHot, inputs: [goods] }
            - { type: targetEncoding, inputs: [goods] }
            - { type: dateParts, inputs: [ordered_at], parts: [hour, dayOfWeek] }
        split: {{split}}
        trainer: { type: lightGbm, {{objective}}, trees: 40, leaves: 7, threads: 1 }
        gate: { {{gate}}, minimumRowsPerClass: 20, maximumMedianMicroseconds: 100000 }
        approval: { threshold: 2, timeout: 1h, reminderInterval: 10m, maximumDecisionAge: 24h }
        channel: production
        """;

    private const string Script = """
        SELECT number, ordered_at, goods, weight, express, amount, level
        FROM read_csv(getvariable('rows'), header = true, columns = {
            'number': 'BIGINT', 'ordered_at': 'TIMESTAMP', 'goods': 'VARCHAR', 'weight': 'DOUBLE', 'express': 'BOOLEAN', 'amount': 'DOUBLE', 'level': 'VARCHAR'})

        """;

    private static string Rows()
    {
        Random random = new(11);
        StringBuilder rows = new("number,ordered_at,goods,weight,express,amount,level\n");
        for (int number = 0; number < 3000; number++)
        {
            int goods = random.Next(Goods.Length);
            double weight = 1 + (random.NextDouble() * 20);
            bool isExpress = random.Next(4) == 0;
            double amount = Math.Round((weight * (goods + 1)) + (isExpress ? 30 : 0) + (random.NextDouble() * 10), 2);
            string level = random.Next(3) == 0 ? Levels[random.Next(Levels.Length)] : Levels[amount < 25 ? 0 : amount < 55 ? 1 : 2];
            string shown = number % 13 == 0 ? "" : weight.ToString("0.000", CultureInfo.InvariantCulture);
            DateTime at = new DateTime(2024, 1, 1).AddMinutes(number * 14);
            rows.Append(CultureInfo.InvariantCulture, $"{number},{at:yyyy-MM-dd HH:mm:ss},{Goods[goods]},{shown},{(isExpress ? "true" : "false")},{amount},{level}\n");
        }

        return rows.ToString();
    }
}
