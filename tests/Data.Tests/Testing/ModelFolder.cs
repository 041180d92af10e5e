using System.Text;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>A model's folder in a scratch folder, with a definition that is right until a test changes it.</summary>
internal sealed class ModelFolder : IDisposable
{
    /// <summary>How a definition of a table begins: everything before its columns.</summary>
    public const string TableHead = """
        name: toy
        owner: tests
        description: A toy.
        source:
          files: { rows: rows.csv }
          sql: snapshot.sql
        snapshots:
          - { id: one, cutoff: 2024-01-31 }

        """;

    public const string Definition = """
        name: toy
        owner: tests
        description: A toy.
        source:
          files: { rows: rows.csv }
          sql: snapshot.sql
        snapshots:
          - id: one
            cutoff: 2024-01-31
          - id: two
            cutoff: 2024-02-29
        contract:
          columns:
            word: { type: text, unique: true }
            label: { type: integer, allowedValues: [0, 1] }
            seen: { type: integer, maximumNullRate: 1 }
            share: { type: number, minimum: 0 }
        features:
          key: word
          input: word
          transforms:
            - type: characterNgrams
              maximumLength: 3
            - type: shapeCounts
        slices:
          long: length(word) > 5
        gate:
          primarySlice: long
        """;

    public const string Script = "SELECT word, label::INTEGER AS label, seen::INTEGER AS seen, share FROM read_csv(getvariable('rows'));";

    public ModelFolder(string name = "toy", string definition = Definition)
    {
        Root = Directory.CreateTempSubdirectory("lifecycle-").FullName;
        Path = Directory.CreateDirectory(System.IO.Path.Combine(Root, "models", name)).FullName;
        Write("model.yaml", definition);
        Write("snapshot.sql", Script);
        Write("rows.csv", Rows(200));
    }

    /// <summary>Scratch folder around the models.</summary>
    public string Root { get; }

    public string Path { get; }

    public static string Rows(int count) => Enumerable.Range(0, count).Aggregate(
        new StringBuilder("word,label,seen,share\n"),
        (text, row) => text.Append($"word{row},{row % 2},{(row % 3 == 0 ? "" : "1")},{row / 10.0}\n"),
        text => text.ToString());

    public string Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Replaces a piece of the definition that must be there.</summary>
    public void Change(string old, string changed)
    {
        string text = File.ReadAllText(System.IO.Path.Combine(Path, "model.yaml"));
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write("model.yaml", text.Replace(old, changed, StringComparison.Ordinal));
    }

    /// <summary>Full path of a file to be made in the scratch folder.</summary>
    public string Output(string name) => System.IO.Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
