using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.References;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels.References;

/// <summary>A compiled reference over one text says what the reference says, for every text.</summary>
public sealed class ReferenceGraphTests
{
    // Everything that means something to a regular expression, and characters of one to three bytes.
    private const string Alphabet = "abz09.*+?()[]{}|^$\\-_ /\"'ÄßЖ漢";

    private static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary<string, string>.Empty;
    private static readonly InputSchema Text = new([new() { Name = "text", Type = InputType.Text }]);
    private static readonly InputSchema Hosts = new([new() { Name = "host", Type = InputType.HostName }]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Graph_OfRandomReferences_AnswersRandomTextsAsTheReferenceDoes(int seed)
    {
        Random random = new(seed);
        for (int trial = 0; trial < 20; trial++)
        {
            FittedReference reference = RandomReference(random);
            string[] texts = [.. Enumerable.Range(0, 300).Select(_ => RandomText(random, 6)), .. reference.Lookup!.Rows.Select(row => row.Values[0]!)];

            using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Text, Nothing));
            float[] answers = scorer.Score(texts);

            Assert.Equal(Score(reference, Text, texts), answers);
        }
    }

    [Fact]
    public void Graph_OfHosts_NormalisesAsATrainedModelDoes()
    {
        FittedReference reference = ColdStartReference.Of(
            Definition(new() { ColdStart = new() { Cutoff = new(2024, 1, 1), Rules = [new() { EndsWith = ".tk", Probability = 0.8 }] } }),
            Known(("Ads.Example.COM.", 1), ("bücher.example", 0)),
            groups: null);
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Hosts, Nothing));

        Assert.Equal(0.99f, scorer.Score("ADS.example.com"));
        Assert.Equal(1 - 0.99f, scorer.Score("xn--bcher-kva.example"));
        Assert.Equal(0.8f, scorer.Score("Anything.TK"));
        Assert.Equal(0.5f, scorer.Score("tk.example"));
        Assert.Throws<RefusedInputException>(() => scorer.Score("no host"));
        Assert.Equal("lookup of 2 rows by host, else 1 rules, else 0.5", reference.Description);
    }

    [Fact]
    public void Graph_WithALookupAndTwoRulesThatFit_AsksTheLookupFirstAndThenTheFirstRule()
    {
        FittedReference reference = new()
        {
            Target = new Target.Binary(),
            Lookup = new([new("host")], [new(["ads.tracker.example"], [0.01f])]),
            Rules = [new() { StartsWith = "ads.", Probability = 0.7 }, new() { Contains = "tracker", Probability = 0.9 }],
            Otherwise = [0.4f],
        };
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Hosts, Nothing));

        Assert.Equal([0.01f, 0.7f, 0.9f, 0.4f], scorer.Score(["ads.tracker.example", "ads.tracker.test", "x.tracker.test", "x.test"]));
    }

    [Fact]
    public void Probes_OfAReference_ReachEveryAnswerItGives_AndHoldForItsGraph()
    {
        FittedReference reference = RandomReference(new Random(7)) with { Otherwise = [0.123f] };
        InputRows probes = ReferenceProbes.Of(reference, Text);
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Text, Nothing));
        Answers answers = reference.Score(probes, probes.Count);

        Assert.True(ParityCheck.Compare(answers, scorer.Score(probes), Domain.Training.ParityMeasure.Absolute).Holds);
        Assert.All(reference.Lookup!.Rows, known => Assert.Contains(known.Values[0], ((InputValues.Texts)probes.Columns[0]).Values));
        Assert.Contains(0.123f, answers.Values);
        Assert.Contains((float)reference.Rules[0].Probability!.Value, answers.Values);
        Assert.Equal(((InputValues.Texts)probes.Columns[0]).Values, ((InputValues.Texts)ReferenceProbes.Of(reference, Text).Columns[0]).Values);
    }

    [Fact]
    public void Graph_OfTheSameReference_IsTheSameBytes()
    {
        FittedReference reference = RandomReference(new Random(8));
        Assert.Equal(ReferenceGraph.Compose(reference, Text, Nothing), ReferenceGraph.Compose(reference, Text, Nothing));
    }

    [Theory]
    [InlineData("no host", 1, "the lookup knows row 2, which the model refuses: 'no host'")]
    [InlineData("ADS.example.com", 0, "the lookup says both 1 and 0 of 'ads.example.com'; decide which")]
    public void Reference_WithALookupThatCannotBe_IsRefused(string input, double label, string reason)
    {
        ModelDefinition definition = Definition(new() { ColdStart = new() { Cutoff = new(2024, 1, 1) } });
        var refused = Assert.Throws<InvalidReferenceException>(() => ColdStartReference.Of(definition, Known(("ads.example.com", 1), (input, label)), groups: null));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_WithARuleThatNoHostFits_IsRefused()
    {
        FittedReference reference = ColdStartReference.Of(
            Definition(new() { ColdStart = new() { Cutoff = new(2024, 1, 1), Rules = [new() { EndsWith = ".tk.", Probability = 0.8 }] } }), known: null, groups: null);

        var refused = Assert.Throws<InvalidReferenceException>(() => ColdStartReference.RequireReached(reference, ReferenceProbes.Of(reference, Hosts)));

        Assert.Contains("rule 1 asks for '.tk.', which no input of the model holds once it is normalised", refused.Message, StringComparison.Ordinal);
    }

    private static ModelDefinition Definition(ReferenceModelDefinition reference) => new()
    {
        Name = "hosts",
        Owner = "tests",
        Description = "Hosts.",
        Source = new() { Sql = "rows.sql" },
        Contract = new() { Columns = ImmutableSortedDictionary<string, Domain.Data.ColumnContract>.Empty },
        Features = new() { Key = "host", Input = "host", Kind = InputKind.HostName },
        Reference = reference,
    };

    private static RowSet Known(params (string Host, double Label)[] rows) => new()
    {
        Inputs = new(Hosts, [new InputValues.Texts([.. rows.Select(row => row.Host)])]),
        Labels = [.. rows.Select(row => row.Label)],
    };

    private static ImmutableArray<float> Score(FittedReference reference, InputSchema schema, string[] texts) => reference.Score(InputRows.OfTexts(schema, texts), texts.Length).Values;

    private static FittedReference RandomReference(Random random) => new()
    {
        Target = new Target.Binary(),
        Lookup = new([new("text")], [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomText(random, 4)).Distinct().Select(text => new TableRow([text], [(float)random.NextDouble()]))]),
        Rules = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => RandomRule(random))],
        Otherwise = [(float)random.NextDouble()],
    };

    private static ReferenceRule RandomRule(Random random)
    {
        string text = RandomText(random, 2);
        ReferenceRule rule = new() { Probability = random.NextDouble() };
        return random.Next(4) switch
        {
            0 => rule with { Is = text },
            1 => rule with { StartsWith = text },
            2 => rule with { EndsWith = text },
            _ => rule with { Contains = text },
        };
    }

    private static string RandomText(Random random, int longest) =>
        string.Concat(Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
}
