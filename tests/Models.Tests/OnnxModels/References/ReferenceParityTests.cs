using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.References;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.References;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels.References;

/// <summary>Every kind of reference, for every kind of target, over a table with every type of column: the graph says what the reference says.</summary>
public sealed class ReferenceParityTests
{
    private const int RowCount = 400;

    private static readonly InputSchema Table = new(
    [
        new() { Name = "origin", Type = InputType.Category, Nullable = true },
        new() { Name = "distance", Type = InputType.Number, Nullable = true, Minimum = 0, Maximum = 5000 },
        new() { Name = "engines", Type = InputType.Integer, Nullable = true },
        new() { Name = "night", Type = InputType.Boolean, Nullable = true },
        new() { Name = "path", Type = InputType.Text, Nullable = true },
        new() { Name = "host", Type = InputType.HostName },
        new() { Name = "at", Type = InputType.Timestamp, Nullable = true },
        new() { Name = "weight", Type = InputType.Number },
    ]);

    private static readonly Dictionary<string, Target> Targets = new()
    {
        ["binary"] = new Target.Binary(),
        ["multiclass"] = new Target.Multiclass { Classes = ["none", "minor", "medium", "grave"] },
        ["regression"] = new Target.Regression { Unit = "minutes" },
    };

    public static TheoryData<string, string> Cells()
    {
        TheoryData<string, string> cells = [];
        foreach (string target in Targets.Keys)
        {
            foreach (string kind in (string[])["lookup", "lookupOfTwo", "lookupOfNumber", "rules", "groups", "bins", "quantileBins", "all"])
            {
                cells.Add(target, kind);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Graph_OfAReference_AnswersEveryProbeAsItDoes(string target, string kind)
    {
        FittedReference reference = Make(Targets[target], kind);
        InputRows probes = ReferenceProbes.Of(reference, Table);
        ColdStartReference.RequireReached(reference, probes);
        byte[] graph = ReferenceGraph.Compose(reference, Table, ImmutableSortedDictionary<string, string>.Empty);
        using OnnxScorer scorer = new(graph);

        Answers said = reference.Score(probes, probes.Count);
        ParityReport parity = ParityCheck.Compare(said, scorer.Score(probes), ParityMeasure.Absolute);

        Assert.Equal((true, 0d), (parity.Holds, parity.MaximumDifference));
        Assert.Equal(Table, scorer.Schema);
        Assert.Equal(Targets[target], scorer.Target);
        Assert.InRange(probes.Count, 2000, 100_000);
        Assert.All(Enumerable.Range(0, Table.Columns.Length).Where(column => Table.Columns[column].Nullable), column => Assert.Contains(Enumerable.Range(0, probes.Count), row => probes.Columns[column].IsMissing(row)));
        Assert.All(AnswersOf(reference), answer => Assert.Contains(Enumerable.Range(0, said.Count), row => said.Of(row).SequenceEqual(answer.AsSpan())));
        Assert.Equal(graph, ReferenceGraph.Compose(reference, Table, ImmutableSortedDictionary<string, string>.Empty));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Graph_OfAReference_AnswersTheRowsItWasFittedOnAsItDoes(string target, string kind)
    {
        FittedReference reference = Make(Targets[target], kind);
        InputRows rows = Rows(Targets[target], seed: 9).Inputs;
        using OnnxScorer scorer = new(ReferenceGraph.Compose(reference, Table, ImmutableSortedDictionary<string, string>.Empty));

        Assert.Equal(reference.Score(rows, rows.Count).Values, scorer.Score(rows).Values);
    }

    [Fact]
    public void Probes_OfARuleThatNoRowFits_RefuseIt()
    {
        FittedReference reference = Make(Targets["regression"], "rules") with
        {
            Rules = [new() { Column = "distance", Above = 6000, Value = 1 }],
        };

        var refused = Assert.Throws<InvalidReferenceException>(() => ColdStartReference.RequireReached(reference, ReferenceProbes.Of(reference, Table)));

        Assert.Contains("rule 1 asks that distance is above 6000, which no input of the model holds", refused.Message, StringComparison.Ordinal);
    }

    // Every rule and every table can be the one that answers, unless another comes before it.
    private static IEnumerable<ImmutableArray<float>> AnswersOf(FittedReference reference) =>
        reference.Lookup is { } lookup ? lookup.Rows.Select(row => row.Answer)
        : !reference.Rules.IsEmpty ? reference.Rules.Select(rule => rule.Answer.For(reference.Target)).Append(reference.Otherwise)
        : reference.Groups[0].Rows.Select(row => row.Answer);

    private static FittedReference Make(Target target, string kind)
    {
        RowSet training = Rows(target, seed: 3);
        FittedReference Groups(params ImmutableArray<GroupColumn>[] groups) => ReferenceModel.Fit(
            new() { Groups = [.. groups] }, target, Loss.Parse(target.ClassNames.IsEmpty ? "pinball(0.8)" : "logLoss"), training).Fitted;
        FittedReference none = Groups(["origin"]) with { Groups = [], Statistic = "" };
        return kind switch
        {
            "lookup" => none with { Lookup = Groups(["path"]).Groups[0] },
            "lookupOfTwo" => none with { Lookup = Groups(["origin", "engines"]).Groups[0] },
            "lookupOfNumber" => none with { Lookup = Groups(["distance", "at"]).Groups[0] },
            "rules" => none with { Rules = Rules(target) },
            "groups" => Groups(["origin", "night", "host"], ["origin", "night"], ["at"], []),
            "bins" => Groups(["origin", Bins("distance", 500, 1000), Bins("engines", 1, 2)], [Bins("distance", 500)], [Bins("weight", -1e30, 0)]),
            "quantileBins" => Groups([new GroupColumn("distance", new() { Column = "distance", Bins = 7 }), "night"], [new GroupColumn("weight", new() { Column = "weight", Bins = 3 })]),
            _ => Groups(["origin", Bins("distance", 1000)], ["origin"]) with { Lookup = Groups(["host", "path"]).Groups[0], Rules = Rules(target) },
        };
    }

    private static GroupColumn Bins(string column, params double[] edges) => new(column, new() { Column = column, Edges = [.. edges] });

    private static ImmutableArray<ReferenceRule> Rules(Target target)
    {
        ReferenceRule[] rules =
        [
            new() { Column = "path", StartsWith = "/a", And = [new() { Column = "distance", AtMost = 3000 }, new() { Column = "origin", Is = "JFK" }] },
            new() { Column = "origin", Contains = ".*" },
            new() { Column = "origin", Is = "Jfk" },
            new() { Column = "path", EndsWith = ".js", And = [new() { Column = "path", Contains = "min" }] },
            new() { Column = "host", EndsWith = ".example" , And = [new() { Column = "engines", Missing = true }] },
            new() { Column = "distance", Missing = true, And = [new() { Column = "engines", Missing = false }] },
            new() { Column = "distance", Above = 1000.5, AtMost = 1000.7 },
            new() { Column = "engines", Above = 16_777_216 },
            new() { Column = "engines", Is = "-4" },
            new() { Column = "night", Is = "false", And = [new() { Column = "weight", AtMost = -5 }] },
            new() { Column = "at", Missing = true, And = [new() { Column = "path", Missing = true }] },
        ];
        return [.. rules.Select((rule, number) => Answer(rule, target, number))];
    }

    private static ReferenceRule Answer(ReferenceRule rule, Target target, int number) => target.Answer switch
    {
        AnswerForm.Probability => rule with { Probability = (number + 1) / 20.0 },
        AnswerForm.Value => rule with { Value = 1000 - (number * 0.1) },
        _ => rule with { Shares = target.ClassNames.Index().ToImmutableSortedDictionary(name => name.Item, name => name.Index == 0 ? 0.7 - (number * 0.01) : (0.3 + (number * 0.01)) / 3) },
    };

    private static RowSet Rows(Target target, int seed)
    {
        Random random = new(seed);
        string?[] origins = ["JFK", "jfk", "LAX", "", null, "a.*b", "é漢"];
        string?[] paths = ["/a", "/A/min.js", "/b?q=1", null, "x.js", "/a/b"];
        string[] hosts = ["a.example", "b.test", "c.d.example"];
        bool[] there = [.. Enumerable.Range(0, RowCount).Select(_ => random.Next(5) > 0)];
        return new RowSet
        {
            Inputs = new InputRows(Table,
            [
                new InputValues.Texts([.. Many(() => origins[random.Next(origins.Length)])]),
                new InputValues.Numbers([.. Many(() => random.Next(6) == 0 ? float.NaN : random.Next(40) * 50f)]),
                new InputValues.Integers([.. Many(() => (long)random.Next(-4, 5))], [.. there]),
                new InputValues.Integers([.. Many(() => (long)random.Next(2))], [.. there.Reverse()]),
                new InputValues.Texts([.. Many(() => paths[random.Next(paths.Length)])]),
                new InputValues.Texts([.. Many(() => hosts[random.Next(hosts.Length)])]),
                new InputValues.Integers([.. Many(() => 1_000_000L * random.Next(3))], [.. there]),
                new InputValues.Numbers([.. Many(() => (float)(random.NextDouble() * 2e30) - 1e30f)]),
            ]),
            Labels = [.. Many(() => target.ClassNames.IsEmpty ? random.NextDouble() * 100 : random.Next(target.ClassNames.Length))],
        };
    }

    private static IEnumerable<T> Many<T>(Func<T> make) => Enumerable.Range(0, RowCount).Select(_ => make());
}
