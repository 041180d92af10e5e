using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.References;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels.References;

/// <summary>A compiled reference says what the reference says, for every text.</summary>
public sealed class ReferenceGraphTests
{
    // Everything that means something to a regular expression, and characters of one to three bytes.
    private const string Alphabet = "abz09.*+?()[]{}|^$\\-_ /\"'ÄßЖ漢";

    private static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary<string, string>.Empty;
    private static readonly FeatureView Text = new() { Key = "text", Input = "text", Kind = InputKind.Text };
    private static readonly FeatureView Hosts = new() { Key = "host", Input = "host", Kind = InputKind.HostName };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Graph_OfRandomReferences_AnswersRandomTextsAsTheReferenceDoes(int seed)
    {
        Random random = new(seed);
        for (int trial = 0; trial < 20; trial++)
        {
            TextReference reference = RandomReference(random);
            string[] texts = [.. Enumerable.Range(0, 300).Select(_ => RandomText(random, 6)), .. reference.Known.Keys];

            using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Text, new Target.Binary(), Nothing));
            float[] answers = scorer.Score(texts);

            Assert.Equal(texts.Select(reference.Score), answers);
        }
    }

    [Fact]
    public void Graph_OfHosts_NormalisesAsATrainedModelDoes()
    {
        TextReference reference = TextReference.Of(
            new() { ColdStart = new() { Cutoff = new(2024, 1, 1), Rules = [new() { EndsWith = ".tk", Probability = 0.8 }] } },
            Hosts, [("Ads.Example.COM.", true), ("bücher.example", false)]);
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Hosts, new Target.Binary(), Nothing));

        Assert.Equal(0.99f, scorer.Score("ADS.example.com"));
        Assert.Equal(1 - 0.99f, scorer.Score("xn--bcher-kva.example"));
        Assert.Equal(0.8f, scorer.Score("Anything.TK"));
        Assert.Equal(0.5f, scorer.Score("tk.example"));
        Assert.Throws<RefusedInputException>(() => scorer.Score("no host"));
    }

    [Fact]
    public void Graph_WithALookupAndTwoRulesThatFit_AsksTheLookupFirstAndThenTheFirstRule()
    {
        TextReference reference = new()
        {
            Known = new Dictionary<string, float> { ["ads.tracker.example"] = 0.01f }.ToImmutableSortedDictionary(),
            Rules = [new() { StartsWith = "ads.", Probability = 0.7 }, new() { Contains = "tracker", Probability = 0.9 }],
            Otherwise = 0.4f,
        };
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Hosts, new Target.Binary(), Nothing));

        Assert.Equal([0.01f, 0.7f, 0.9f, 0.4f], scorer.Score(["ads.tracker.example", "ads.tracker.test", "x.tracker.test", "x.test"]));
    }

    [Fact]
    public void Probes_OfAReference_ReachEveryAnswerItGives_AndHoldForItsGraph()
    {
        TextReference reference = RandomReference(new Random(7)) with { Otherwise = 0.123f };
        ImmutableArray<string> probes = ReferenceProbes.Of(reference, Text);
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Text, new Target.Binary(), Nothing));

        Assert.True(ParityCheck.Compare([.. probes.Select(reference.Score)], scorer.Score(probes)).Holds);
        Assert.All(reference.Known.Keys, known => Assert.Contains(known, probes));
        Assert.Contains(probes, probe => reference.Score(probe) == 0.123f);
        Assert.Contains(probes, probe => reference.Score(probe) == (float)reference.Rules[0].Probability);
        Assert.Equal(probes, ReferenceProbes.Of(reference, Text));
    }

    [Fact]
    public void Graph_OfTheSameReference_IsTheSameBytes()
    {
        TextReference reference = RandomReference(new Random(8));
        Assert.Equal(ReferenceGraph.Compose(reference, Text, new Target.Binary(), Nothing), ReferenceGraph.Compose(reference, Text, new Target.Binary(), Nothing));
    }

    [Theory]
    [InlineData("no host", true, "which the model refuses")]
    [InlineData("ADS.example.com", false, "both 0 and 1")]
    public void Reference_WithALookupThatCannotBe_IsRefused(string input, bool label, string reason)
    {
        ReferenceModelDefinition definition = new() { ColdStart = new() { Cutoff = new(2024, 1, 1) } };
        var refused = Assert.Throws<InvalidReferenceException>(
            () => TextReference.Of(definition, Hosts, [("ads.example.com", true), (input, label)]));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static TextReference RandomReference(Random random) => new()
    {
        Known = Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomText(random, 4)).Distinct()
            .ToImmutableSortedDictionary(text => text, _ => (float)random.NextDouble(), StringComparer.Ordinal),
        Rules = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => RandomRule(random))],
        Otherwise = (float)random.NextDouble(),
    };

    private static TextRule RandomRule(Random random)
    {
        string text = RandomText(random, 2);
        TextRule rule = new() { Probability = random.NextDouble() };
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
