using System.Globalization;
using System.Text;
using Lifecycle.Client.Homes;

namespace Lifecycle.EndToEnd.Tests.ColdStarts;

/// <summary>
/// A model that has no label and no snapshot yet, only a reference to start from; its labels come back from serving. Its rows
/// are GENERATED (seeded): host names, of which the positives are made of throw-away words.
/// </summary>
internal sealed class YoungModel
{
    /// <summary>Name of the model.</summary>
    public const string Name = "young-host";

    /// <summary>The snapshot that <see cref="AddSnapshot"/> lists.</summary>
    public const string Snapshot = "2024-06";

    private static readonly string[] ThrowAwayWords = ["temp", "trash", "spam", "minute", "drop", "fake", "burner", "quick"];
    private static readonly string[] OtherWords = ["bank", "garden", "school", "river", "studio", "coffee", "museum", "travel"];

    private readonly string folder;

    private YoungModel(string folder) => this.folder = folder;

    /// <summary>Writes the model beside the sample model of a home.</summary>
    public static YoungModel WriteBeside(HomeFolder home)
    {
        YoungModel model = new(Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(home.Root)!, "models", Name)).FullName);
        File.WriteAllText(Path.Combine(model.folder, "model.yaml"), Definition);
        File.WriteAllText(Path.Combine(model.folder, "rows.sql"), "SELECT input AS host, label::INTEGER AS label FROM read_parquet(getvariable('feedback'));\n");
        File.WriteAllText(Path.Combine(model.folder, "seen.csv"), "host\nriver1.org\n");
        File.WriteAllText(Path.Combine(model.folder, "known.sql"), "SELECT host AS input, bad AS label FROM read_csv(getvariable('known'), header = true);\n");
        File.WriteAllText(Path.Combine(model.folder, "known.csv"), "host,bad\nbank.example,0\ntemp.example,1\n");
        return model;
    }

    /// <summary>Takes the reference out of the definition.</summary>
    public void ForgetReference() => Rewrite(text => text[..text.IndexOf("reference:", StringComparison.Ordinal)] + "snapshots: [{ id: 2024-06, cutoff: 2024-06-30 }]\n");

    /// <summary>Asks for another number of approvals.</summary>
    public void SetThreshold(int threshold) => Rewrite(text => text.Replace("threshold: 2", $"threshold: {threshold}", StringComparison.Ordinal));

    /// <summary>Lists a first snapshot: by its cutoff, labels have come back.</summary>
    public void AddSnapshot() => Rewrite(text => text + "snapshots: [{ id: 2024-06, cutoff: 2024-06-30 }]\n");

    /// <summary>What a desk found out about <paramref name="count"/> hosts, as CSV.</summary>
    public static string Feedback(int count)
    {
        Random random = new(4);
        StringBuilder rows = new("host,bad,told\n");
        for (int i = 0; i < count; i++)
        {
            bool bad = random.Next(2) == 1;
            string[] words = (random.NextDouble() < 0.05) != bad ? ThrowAwayWords : OtherWords;
            rows.Append(CultureInfo.InvariantCulture, $"{words[random.Next(words.Length)]}{i}.org,{(bad ? 1 : 0)},2024-06-10T00:00:00Z\n");
        }

        return rows.ToString();
    }

    private const string Definition = """
        name: young-host
        owner: tests
        description: Generated rows; proves that a model can start without labels, and nothing else.
        source: { sql: rows.sql, files: { seen: seen.csv }, feedback: true }
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
        reference:
          coldStart:
            cutoff: 2024-05-31
            lookup: known.sql
            files: { known: known.csv }
            rules:
              - { contains: temp, probability: 0.9 }
              - { startsWith: trash, probability: 0.8 }

        """;

    private void Rewrite(Func<string, string> change)
    {
        string file = Path.Combine(folder, "model.yaml");
        File.WriteAllText(file, change(File.ReadAllText(file)));
    }
}
