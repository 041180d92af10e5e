using System.Globalization;
using System.Text;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.EndToEnd.Tests.Samples;

/// <summary>
/// A small model for tests, a folder like any other under models/. Its rows are GENERATED (seeded): host names, of which the
/// positives are made of throw-away words. Two snapshots, the second with more rows, so that its Challenger is better; and a
/// third that breaks the contract.
/// </summary>
internal sealed class SampleModel
{
    /// <summary>Name of the model.</summary>
    public const string Name = "sample-host";

    /// <summary>What the model reads.</summary>
    public static InputSchema Schema { get; } = new([new InputColumn { Name = "host", Type = InputType.HostName }]);

    private static readonly string[] ThrowAwayWords = ["temp", "trash", "spam", "minute", "drop", "fake", "burner", "quick"];
    private static readonly string[] OtherWords = ["bank", "garden", "school", "river", "studio", "coffee", "museum", "travel"];
    private static readonly string[] Endings = ["com", "org", "net", "io"];

    private SampleModel(string modelsFolder) => ModelsFolder = modelsFolder;

    /// <summary>Folder to give to a worker.</summary>
    public string ModelsFolder { get; }

    /// <summary>Writes the model into <paramref name="parent"/>/models.</summary>
    /// <param name="parent">The folder.</param>
    /// <param name="approvalTimeout">How long a run waits for approvals.</param>
    public static SampleModel WriteTo(string parent, string approvalTimeout = "1h")
    {
        string folder = Directory.CreateDirectory(Path.Combine(parent, "models", Name, "data")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "model.yaml"), Definition.Replace("timeout: 1h", $"timeout: {approvalTimeout}", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "rows.sql"), Script);
        File.WriteAllText(Path.Combine(folder, "data", "2024-01.csv"), Rows(seed: 1, count: 600, noise: 0.25));
        File.WriteAllText(Path.Combine(folder, "data", "2024-02.csv"), Rows(seed: 2, count: 6000, noise: 0.05));
        File.WriteAllText(Path.Combine(folder, "data", "2024-03.csv"), Rows(seed: 3, count: 2000, noise: 0.05).Replace(",1\n", ",7\n", StringComparison.Ordinal));
        return new SampleModel(Path.Combine(parent, "models"));
    }

    private const string Definition = """
        name: sample-host
        owner: tests
        description: Generated rows; proves that the machinery works, and nothing else.
        source: { sql: rows.sql, files: { rows: 'data/{snapshot}.csv' }, feedback: true }
        snapshots:
          - { id: 2024-01, cutoff: 2024-01-31 }
          - { id: 2024-02, cutoff: 2024-02-29 }
          - { id: 2024-03, cutoff: 2024-03-31 }
        contract:
          minimumRows: 100
          columns:
            host: { type: text, unique: true }
            label: { type: integer, allowedValues: [0, 1] }
        features:
          key: host
          input: host
          kind: hostName
          transforms:
            - { type: characterNgrams, minimumLength: 2, maximumLength: 3, minimumCount: 5, maximumTerms: 400 }
            - { type: shapeCounts }
        trainer: { trees: 40, leaves: 7, threads: 1 }
        gate: { minimumRowsPerClass: 20, minimumAreaUnderCurve: 0.6, maximumMedianMicroseconds: 100000 }
        approval: { threshold: 2, timeout: 1h, reminderInterval: 10m, maximumDecisionAge: 24h }
        channel: production
        """;

    // What the desk said about a host is believed before the file; hosts it said nothing about are the file's.
    private const string Script = """
        CREATE TEMP TABLE told AS
            SELECT input AS host, label::INTEGER AS label FROM read_parquet(getvariable('feedback')) WHERE source = 'desk';
        SELECT host, label FROM read_csv(getvariable('rows'), header = true, columns = {'host': 'VARCHAR', 'label': 'INTEGER'})
            WHERE host NOT IN (SELECT host FROM told)
        UNION ALL SELECT host, label FROM told

        """;

    private static string Rows(int seed, int count, double noise)
    {
        Random random = new(seed);
        StringBuilder rows = new("host,label\n");
        HashSet<string> hosts = [];
        while (hosts.Count < count)
        {
            bool label = random.Next(2) == 1;
            string[] words = (random.NextDouble() < noise) != label ? ThrowAwayWords : OtherWords;
            string host = string.Create(
                CultureInfo.InvariantCulture,
                $"{words[random.Next(words.Length)]}{random.Next(100_000)}.{Endings[random.Next(Endings.Length)]}");
            if (hosts.Add(host))
            {
                rows.Append(host).Append(',').Append(label ? 1 : 0).Append('\n');
            }
        }

        return rows.ToString();
    }
}
