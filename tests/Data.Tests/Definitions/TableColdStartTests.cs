using System.Collections.Immutable;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary><c>reference.coldStart</c> of a model that reads a table: conditions over columns, answers of every target, a lookup by several columns.</summary>
public sealed class TableColdStartTests : IDisposable
{
    private const string Definition = ModelFolder.TableHead + """
        contract:
          columns:
            id: { type: integer, unique: true }
            origin: { type: text }
            distance: { type: number }
            speed: { type: integer, maximumNullRate: 1 }
            started: { type: timestamp }
            delay: { type: number }
            damage: { type: text }
        target: { type: regression, label: delay, unit: minutes }
        features:
          key: id
          inputs:
            origin: { type: category }
            distance: { type: number, minimum: 0 }
            speed: { type: integer, nullable: true }
            started: { type: timestamp }
          transforms:
            - { type: numeric, inputs: [distance, speed] }
        reference:
          groups: [[origin, { column: distance, edges: [500, 1000] }], [origin]]
          coldStart: COLDSTART
        """;

    private const string Multiclass = "{ type: multiclass, label: damage, classes: [None, Minor, Grave] }";

    private readonly ModelFolder folder = new("toy", Definition);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_RulesOverColumns_AreTheRecords()
    {
        ReferenceModelDefinition reference = Read(
            """{ cutoff: 2024-01-31, rules: [{ column: origin, is: JFK, and: [{ column: distance, above: 500, atMost: 1000 }], value: 12.5 }, { column: speed, missing: true, value: -3 }], otherwise: 4 }""").Reference;

        ReferenceRule first = reference.ColdStart!.Rules[0];
        Assert.Equal(("origin", "JFK", 12.5), (first.Column, first.Is, first.Value));
        Assert.Equal(new ColumnCondition { Column = "distance", Above = 500, AtMost = 1000 }, Assert.Single(first.And));
        Assert.Equal("origin is JFK and distance is above 500 and at most 1000", first.Told(Read("{ cutoff: 2024-01-31, snapshot: one }").Features.Schema));
        Assert.Equal([4f], reference.ColdStart.Otherwise!.For(Read("{ cutoff: 2024-01-31, snapshot: one }").Predicts));
        Assert.Equal([500, 1000], reference.Groups[0][1].Binned!.Edges);
        Assert.Equal([new GroupColumn("origin")], reference.Groups[1]);
    }

    [Theory]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ is: JFK, value: 1 }], otherwise: 1 }", "names no column, and the model reads several; add 'column', of origin, distance, speed, started")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: orign, is: JFK, value: 1 }], otherwise: 1 }", "asks for column 'orign', which is no input; did you mean 'origin'?")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: origin, above: 3, value: 1 }], otherwise: 1 }", "compares 'origin' with a number, which is none; ask 'is'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: distance, is: '3', value: 1 }], otherwise: 1 }", "asks 'distance', a number, for '3'; ask for 'above' and 'atMost'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: speed, is: fast, value: 1 }], otherwise: 1 }", "asks 'speed' for 'fast'; expected 'is' with a whole number, or 'above' and 'atMost'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: started, is: '2024', value: 1 }], otherwise: 1 }", "asks 'started', a time, for '2024'; a rule cannot ask for times")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: distance, missing: true, value: 1 }], otherwise: 1 }", "asks whether 'distance' is missing, which it never is")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: distance, above: 5, atMost: 5, value: 1 }], otherwise: 1 }", "asks for 'distance' above 5 and at most 5, which no number is")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: distance, above: 1e300, value: 1 }], otherwise: 1 }", "compares 'distance' with a number that 32 bits cannot hold")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: origin, is: A, and: [{ column: distance }], value: 1 }], otherwise: 1 }", "'reference.coldStart.rules[0]' asks 0 things of 'distance'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: origin, is: A, probability: 0.5 }], otherwise: 1 }", "answers 'probability', and a model of it answers a number of minutes; give 'value' alone")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: origin, is: A, value: 1e300 }], otherwise: 1 }", "answers 'value' no number that 32 bits can hold")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ column: origin, is: A, value: 1 }] }", "does not tell what it answers where it knows nothing; add 'otherwise', a number of minutes")]
    [InlineData("{ cutoff: 2024-01-31, snapshot: two }", "'reference.coldStart.snapshot' is 'two', which 'snapshots' does not have; it has one")]
    [InlineData("{ cutoff: 2024-01-31, snapshot: one, otherwise: 3 }", "answers where nothing is known, and so does the group of all rows of 'reference.coldStart.snapshot'; remove one of them")]
    public void Read_AColdStartOfNumbersThatCannotBe_IsRefusedWithTheReason(string coldStart, string expected) => Refuses(coldStart, expected);

    [Theory]
    [InlineData("{ None: 0.7, Minor: 0.3 }", "answers 'shares' without a share of class 'Grave'; give one of None, Minor, Grave each")]
    [InlineData("{ None: 0.7, Minor: 0.2, Grave: 0.1, Gravel: 0.1 }", "with a share of 'Gravel', which is no class; the classes are None, Minor, Grave")]
    [InlineData("{ None: 0.7, Minor: 0.3, Grave: 0 }", "with a share that is not between 0 and 1")]
    [InlineData("{ None: 0.7, Minor: 0.2, Grave: 0.2 }", "with shares whose sum is 1.1; expected 1")]
    public void Read_SharesThatAreNone_AreRefusedWithTheReason(string shares, string expected)
    {
        folder.Change("{ type: regression, label: delay, unit: minutes }", Multiclass);
        Refuses($"{{ cutoff: 2024-01-31, rules: [{{ column: origin, is: A, shares: {shares} }}] }}", expected);
        Refuses($"{{ cutoff: 2024-01-31, rules: [{{ column: origin, is: A, shares: {{ None: 0.8, Minor: 0.1, Grave: 0.1 }} }}], otherwise: {shares} }}", $"'reference.coldStart.otherwise' is an answer {expected.Replace("answers 'shares' ", "", StringComparison.Ordinal)}");
    }

    [Fact]
    public async Task Read_LookupByTwoColumns_KnowsThemByTheModelsTypes()
    {
        RowSet known = await LookupAsync("SELECT 'JFK' AS origin, NULL::INTEGER AS speed, 12.5 AS label UNION ALL SELECT 'LAX', 300, -4");

        Assert.Equal(["origin", "speed"], known.Inputs.Schema.Columns.Select(column => column.Name));
        Assert.Equal(["JFK", "LAX"], ((InputValues.Texts)known.Inputs.Columns[0]).Values);
        Assert.True(known.Inputs.Columns[1].IsMissing(0));
        Assert.Equal([12.5, -4], known.Labels);
    }

    [Fact]
    public async Task Read_LookupOfClasses_NumbersThem()
    {
        folder.Change("{ type: regression, label: delay, unit: minutes }", Multiclass);

        Assert.Equal([2d, 0d], (await LookupAsync("SELECT 'JFK' AS origin, 'Grave' AS label UNION ALL SELECT 'LAX', 'None'", "")).Labels);
        Assert.Contains(
            "known.sql selects the row origin 'JFK', label 'Worse'; expected a value each, and of the label None, Minor or Grave in every row",
            (await Assert.ThrowsAsync<InvalidDataSourceException>(() => LookupAsync("SELECT 'JFK' AS origin, 'Worse' AS label", ""))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 'JFK' AS orign, 1 AS label", "known.sql selects column 'orign', which is no input of the model; it may select origin, distance, speed, started and 'label'")]
    [InlineData("SELECT 1 AS label", "known.sql selects no column 'origin' or 'distance' or 'speed' or 'started' to look up by; it selects label")]
    [InlineData("SELECT 'JFK' AS origin, 1 AS delay", "known.sql selects no column 'label'; it selects origin, delay")]
    [InlineData("SELECT '1,5' AS distance, 1 AS label", "known.sql selects 'distance' as VARCHAR; expected a number (not a text: a decimal comma is none)")]
    [InlineData("SELECT 'JFK' AS origin, 'inf'::DOUBLE AS label", "known.sql selects the row origin 'JFK', label 'inf'; expected a value each")]
    [InlineData("SELECT NULL::VARCHAR AS origin, 1 AS label", "known.sql selects the row origin 'null', label '1'; expected a value each")]
    public async Task Read_LookupThatIsNone_SaysWhatIsWrong(string script, string expected) => Assert.Contains(
        expected, (await Assert.ThrowsAsync<InvalidDataSourceException>(() => LookupAsync(script))).Message, StringComparison.Ordinal);

    private async Task<RowSet> LookupAsync(string script, string otherwise = ", otherwise: 1")
    {
        folder.Write("known.sql", script + ";");
        ModelDefinition definition = Read($"{{ cutoff: 2024-01-31, lookup: known.sql{otherwise} }}");
        string rows = folder.Output("cold-start.parquet");
        File.Delete(rows);
        await RealModels.Taker().TakeAsync(LookupRows.SourceOf(definition), folder.Path, Origin.ReferenceName, rows, null, TestContext.Current.CancellationToken);
        return LookupRows.Read(rows, definition, new DataLimits());
    }

    private ModelDefinition Read(string coldStart)
    {
        string before = File.ReadAllText(Path.Combine(folder.Path, "model.yaml"));
        folder.Change("COLDSTART", coldStart);
        try
        {
            return ModelDefinitionReader.Read(folder.Path).Definition;
        }
        finally
        {
            folder.Write("model.yaml", before);
        }
    }

    private void Refuses(string coldStart, string expected) =>
        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => Read(coldStart)).Message, StringComparison.Ordinal);
}
