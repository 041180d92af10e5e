using System.Text.RegularExpressions;
using Lifecycle.Data.Inputs;
using Lifecycle.Definitions;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.HowTo;

/// <summary>Every row that a page or a help text asks a shipped model about is one that the model takes.</summary>
public sealed partial class PredictExamplesTests
{
    private static readonly string[] Places = ["docs", "models", "src/Cli/Verbs", "README.md"];

    [Fact]
    public void Example_WithColumnsAndValues_IsARowOfItsModel()
    {
        (string Where, string Model, string Row)[] examples = [.. Examples(ByValues())];

        Assert.True(examples.Length > 1, "no example was found");
        Assert.All(examples, example => Assert.All(
            GivenValues.Read(SchemaOf(example.Model), example.Row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Rows, row => Assert.Null(row.Fault)));
    }

    [Fact]
    public void Example_OnStandardInput_IsARowOfItsModel()
    {
        using TemporaryFolder folder = new();
        (string Where, string Model, string Row)[] examples = [.. Examples(ByJson())];

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            string path = Path.Combine(folder.Path, "row.json");
            File.WriteAllText(path, example.Row);
            Assert.All(GivenTable.Read(path, "row.json", SchemaOf(example.Model), [], new DataLimits()).Rows, row => Assert.Null(row.Fault));
        });
    }

    // The pages of a model of one's own ask about that one.
    private static IEnumerable<(string Where, string Model, string Row)> Examples(Regex form) =>
        from place in Places
        let path = Path.Combine(Checkout.Root, place)
        from file in File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".md" or ".cs")
        from Match match in form.Matches(File.ReadAllText(file))
        where Directory.Exists(Path.Combine(Checkout.Models, match.Groups["model"].Value))
        select (file, match.Groups["model"].Value, match.Groups["row"].Value);

    private static InputSchema SchemaOf(string model) => new ModelCatalog(Checkout.Models).Read(model).Definition.Features.Schema;

    [GeneratedRegex(@"predict (?<model>[a-z-]+) (?<row>[a-z0-9_]+=[^\s""]+( [a-z0-9_]+=[^\s""]+)*)")]
    private static partial Regex ByValues();

    [GeneratedRegex(@"echo '(?<row>\{[^']*\})' \| (\./)?lifecycle predict (?<model>[a-z-]+)")]
    private static partial Regex ByJson();
}
