using System.Text.Json.Nodes;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Data.Tests.Definitions;

public sealed class AlertSchemaTests
{
    private static readonly string SchemaFile = Path.Combine(Checkout.Root, "docs", "formats", "alerts.schema.json");

    [Fact]
    public void Schema_AsShipped_IsWhatTheReaderGoesBy()
    {
        string made = ModelSchema.Create(typeof(AlertPolicy), "alerts.yaml");
        if (Environment.GetEnvironmentVariable("LIFECYCLE_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaFile, made);
        }

        Assert.True(made == File.ReadAllText(SchemaFile), "docs/formats/alerts.schema.json is behind the records; run this test with LIFECYCLE_WRITE_SCHEMA=1 and commit it");
    }

    [Fact]
    public void FormatPage_EveryKeyOfTheSchema_IsExplained()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "formats", "alerts-yaml.md"));

        Assert.All(
            ModelSchema.Keys(JsonNode.Parse(File.ReadAllText(SchemaFile))).Distinct(),
            key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }
}
