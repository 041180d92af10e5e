using System.Text.Json.Nodes;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Definitions;

public sealed class ModelSchemaTests
{
    private static readonly string SchemaFile = Path.Combine(Checkout.Root, "docs", "formats", "model.schema.json");

    [Fact]
    public void Schema_AsShipped_IsWhatTheReaderGoesBy()
    {
        string made = ModelSchema.Create();
        if (Environment.GetEnvironmentVariable("LIFECYCLE_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaFile, made);
        }

        Assert.True(made == File.ReadAllText(SchemaFile), "docs/formats/model.schema.json is behind the records; run this test with LIFECYCLE_WRITE_SCHEMA=1 and commit it");
    }

    [Fact]
    public void Schema_EveryObject_RefusesUnknownKeys()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(SchemaFile))!;

        Assert.All(Objects(schema), node => Assert.False(node["additionalProperties"]!.GetValue<bool>()));
    }

    [Fact]
    public void Schema_EveryNumber_HasARange()
    {
        string[] boundless = ["minimum", "maximum", "above", "atMost", "value"];
        JsonNode schema = JsonNode.Parse(File.ReadAllText(SchemaFile))!;

        IEnumerable<KeyValuePair<string, JsonNode?>> numbers = Objects(schema)
            .SelectMany(node => node["properties"]!.AsObject())
            .Where(property => property.Value!["type"]?.ToJsonString() is { } type && (type.Contains("number", StringComparison.Ordinal) || type.Contains("integer", StringComparison.Ordinal)))
            .Where(property => !boundless.Contains(property.Key));

        Assert.All(numbers, property => Assert.NotNull(property.Value!["maximum"]));
        Assert.True(numbers.Count() > 30);
    }

    [Fact]
    public void FormatPage_EveryKeyOfTheSchema_IsExplained()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "formats", "model-yaml.md"));

        Assert.All(
            ModelSchema.Keys(JsonNode.Parse(File.ReadAllText(SchemaFile))).Distinct(),
            key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject schema => schema.SelectMany(child => Objects(child.Value)).Concat(schema.ContainsKey("properties") && schema["properties"] is JsonObject ? [schema] : []),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
