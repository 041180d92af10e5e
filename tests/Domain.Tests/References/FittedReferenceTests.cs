using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Tests.References;

/// <summary>A reference answers by lookup, then rules, then groups, then one answer for the rest; and its documents are read back.</summary>
public sealed class FittedReferenceTests
{
    private static readonly InputSchema Schema = new(
    [
        new() { Name = "size", Type = InputType.Category, Nullable = true },
        new() { Name = "speed", Type = InputType.Number, Nullable = true },
    ]);

    private static readonly FittedReference Reference = new()
    {
        Target = new Target.Regression(),
        Lookup = new([new("size")], [new(["known"], [1])]),
        Rules = [new() { Column = "size", Missing = true, Value = 2 }, new() { Column = "speed", Above = 10, AtMost = 20, And = [new() { Column = "size", Is = "Large" }], Value = 3 }],
        Groups = [new([new("size"), new("speed") { Edges = [10] }], [new(["Large", "above 10"], [4]), new(["Large", null], [5])]), new([new("size")], [new(["Large"], [6])])],
        Otherwise = [7],
    };

    [Fact]
    public void Score_EachRow_IsAnsweredByTheFirstThatKnowsIt()
    {
        InputRows rows = Rows(("known", 15), (null, 15), ("Large", 15), ("Large", 20), ("Large", 21), ("Large", 10), ("Large", float.NaN), ("large", 15), ("known", float.NaN));

        Assert.Equal([1f, 2f, 3f, 3f, 4f, 6f, 5f, 7f, 1f], Reference.Score(rows, rows.Count).Values);
    }

    [Fact]
    public void Bytes_OfAReference_SayWhatPeopleDecideAbout()
    {
        using JsonDocument told = JsonDocument.Parse(Reference.ToBytes());

        JsonElement group = told.RootElement.GetProperty("groups")[0];
        Assert.Equal("""["Large",null]""", group.GetProperty("rows")[1].GetProperty("values").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(4, group.GetProperty("rows")[0].GetProperty("answer")[0].GetDouble());
        Assert.Equal("size", told.RootElement.GetProperty("rules")[0].GetProperty("column").GetString());
        Assert.Equal(Reference.ToBytes(), Reference.ToBytes());
    }

    [Fact]
    public void Definition_FromBeforeThereWereColumns_IsReadAsItWasMeant()
    {
        const string Old = """
            {"lookupColumn":null,"confidence":0.99,"groups":[["origin"],[]],"coldStart":{"lookup":"known.sql","files":{},"parameters":{},"cutoff":"2024-05-31",
            "rules":[{"contains":"temp","probability":0.9},{"startsWith":"trash","probability":0.8}],"otherwise":0.5}}
            """;

        ReferenceModelDefinition read = JsonSerializer.Deserialize<ReferenceModelDefinition>(Old.Replace("\"lookupColumn\":null,", "", StringComparison.Ordinal), DomainJson.Compact)!;

        Assert.Equal(new ReferenceRule { Contains = "temp", Probability = 0.9 }, read.ColdStart!.Rules[0]);
        Assert.Equal([0.5f], read.ColdStart.Otherwise!.For(new Target.Binary()));
        Assert.Equal(new GroupColumn("origin"), Assert.Single(Assert.Single(read.OfColumns)));
        Assert.Null(read.ColdStart.Snapshot);
        Assert.Contains("\"otherwise\":0.5", JsonSerializer.Serialize(read, DomainJson.Compact), StringComparison.Ordinal);
        Assert.Contains("\"groups\":[[\"origin\"],[]]", JsonSerializer.Serialize(read, DomainJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_OfEveryForm_ComeBackFromTheirJson()
    {
        Target.Multiclass target = new() { Classes = ["b", "a", "c"] };
        StatedAnswer shares = new() { Shares = ImmutableSortedDictionary.CreateRange<string, double>([new("a", 0.2), new("b", 0.5), new("c", 0.3)]) };

        StatedAnswer read = JsonSerializer.Deserialize<StatedAnswer>(JsonSerializer.Serialize(shares, DomainJson.Compact), DomainJson.Compact)!;

        Assert.Equal([0.5f, 0.2f, 0.3f], read.For(target));
        Assert.Equal("b 0.5, a 0.2, c 0.3", StatedAnswer.Told(target, read.For(target)));
        Assert.Equal([1f / 3, 1f / 3, 1f / 3], StatedAnswer.DefaultFor(target)!.For(target));
        Assert.Equal([0.05f, 0.9f, 0.05f], StatedAnswer.OfKnown(target, 1, 0.9), (one, other) => Math.Abs(one - other) < 1e-6f);
        Assert.Null(StatedAnswer.DefaultFor(new Target.Regression()));
        Assert.Contains("no probability", new StatedAnswer { Number = 1 }.ProblemWith(new Target.Binary()), StringComparison.Ordinal);
    }

    private static InputRows Rows(params (string? Size, float Speed)[] rows) => new(
        Schema, [new InputValues.Texts([.. rows.Select(row => row.Size)]), new InputValues.Numbers([.. rows.Select(row => row.Speed)])]);
}
