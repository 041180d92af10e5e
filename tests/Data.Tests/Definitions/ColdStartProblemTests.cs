using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary><c>reference.coldStart</c>: what it may say, and that a model with one needs no snapshot yet.</summary>
public sealed class ColdStartProblemTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{ cutoff: 2024-01-31 }", "has neither 'lookup' nor 'rules' nor a 'snapshot'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ probability: 0.9 }] }", "'reference.coldStart.rules[0]' asks 0 things of 'word'; give exactly one of 'is', 'startsWith', 'endsWith', 'contains' and 'missing', or 'above' and 'atMost'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ is: a, contains: b, probability: 0.9 }] }", "'reference.coldStart.rules[0]' asks 2 things of 'word'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: ads }] }", "answers nothing, and a model of it answers the probability of '1' against '0'; give 'probability' alone")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: ads, value: 3 }] }", "answers 'value', and a model of it answers the probability of '1' against '0'; give 'probability' alone")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: ads, probability: 0.5 }], otherwise: 1 }", "'reference.coldStart.otherwise' is an answer no probability between 0 and 1")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: ads, probability: 0.5 }], otherwise: [1] }", "'reference.coldStart.otherwise' is a list; expected a number, or keys and values")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: ads, probability: 0.5 }], otherwise: half }", "'reference.coldStart.otherwise' is 'half'; expected a number")]
    [InlineData("{ cutoff: 2024-01-31, snapshot: one }", "'reference.coldStart.snapshot' is what the groups of the reference are fitted on, and there are none; add 'reference.groups'")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: Ads, probability: 0.9 }] }", "write it in lower case")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: '', probability: 0.9 }] }", "a text of 0 characters; expected 1 to 253")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ contains: ads, probability: 1 }] }", "reference.coldStart.rules[0].probability")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ endWith: ads, probability: 0.9 }] }", "did you mean 'endsWith'?")]
    [InlineData("{ cutoff: 2024-01-31, lookup: known.sql }", "file 'known.sql' is not in the model's folder")]
    [InlineData("{ rules: [{ is: ads, probability: 0.9 }] }", "required key 'reference.coldStart.cutoff' is missing")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ is: a, probability: 0.9 }], files: { known: ../known.csv } }", "is not inside the model's folder")]
    [InlineData("{ cutoff: 2024-01-31, rules: [{ is: a, probability: 0.9 }], parameters: { cutoff: x } }", "parameter 'cutoff' is no word, or is taken")]
    public void Read_AColdStartThatCannotBe_IsRefusedWithTheReason(string coldStart, string expected)
    {
        folder.Change("slices:", $"reference:\n  coldStart: {coldStart}\nslices:");

        string message = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AModelWithAColdStart_NeedsNoSnapshotYet()
    {
        folder.Change("snapshots:\n  - id: one\n    cutoff: 2024-01-31\n  - id: two\n    cutoff: 2024-02-29\n", "");
        string without = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message;
        folder.Change("slices:", "reference: { coldStart: { cutoff: 2024-01-31, rules: [{ startsWith: ads., probability: 0.9 }] } }\nslices:");

        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;

        Assert.Contains("or start without labels by 'reference.coldStart'", without, StringComparison.Ordinal);
        Assert.Equal(new ReferenceRule { StartsWith = "ads.", Probability = 0.9 }, Assert.Single(definition.Reference.ColdStart!.Rules));
        Assert.Empty(definition.Snapshots);
    }
}
