using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Releases;

public sealed class ReleaseAssemblerTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Assemble_SameFactsTwice_IsTheSameRelease()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        ReleaseManifest again = await new ReleaseAssembler(world.Artifacts).AssembleAsync(world.Facts);

        Assert.Equal(world.Release.Digest, again.Digest);
        Assert.Equal(
            ["baseline.json", "blessing.json", "evaluation.json", "model-card.md", "model.onnx", "provenance.json"],
            again.Files.Select(file => file.Name));
    }

    [Fact]
    public async Task Assemble_ModelWithAnExplanation_ShipsIt()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        ReleaseFacts facts = world.Facts with { Export = world.Facts.Export with { Explanation = world.Facts.Evaluation.Document } };

        ReleaseManifest release = await new ReleaseAssembler(world.Artifacts).AssembleAsync(facts);

        Assert.Equal(facts.Export.Explanation, Assert.Single(release.Files, file => file.Name == "explanation.json").Content);
    }

    [Fact]
    public async Task Assemble_BlessingDigest_IsThatOfTheFile()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        Assert.Equal(world.Release.BlessingDigest, world.Release.Files.Single(file => file.Name == "blessing.json").Content.Sha256);
    }

    [Fact]
    public async Task Assemble_LiveChannel_AsksForTheNextVersionAndRecordsTheChampion()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        Publication champion = new("publications/disposable-domain/x", "x", "r", new string('c', 64), []);
        ReleaseFacts facts = world.Facts with
        {
            Champion = new("disposable-domain", "production", 7, ChannelMove.Promotion, champion, "2019-12", ReleaseTeam.Now, "run"),
        };

        ReleaseManifest release = await new ReleaseAssembler(world.Artifacts).AssembleAsync(facts);

        Assert.Equal(8, release.ChannelVersion);
        Assert.Contains(new string('c', 64), await ReadAsync(world, release, "provenance.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assemble_NoEvaluationDocument_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        ReleaseFacts facts = world.Facts with { Evaluation = world.Facts.Evaluation with { Document = null } };

        await Assert.ThrowsAsync<ArgumentException>(() => new ReleaseAssembler(world.Artifacts).AssembleAsync(facts));
    }

    [Fact]
    public async Task Provenance_Statement_NamesTheModelAndEverythingItWasBuiltFrom()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        JsonNode statement = JsonNode.Parse(await ReadAsync(world, world.Release, "provenance.json"))!;

        Assert.Equal("https://in-toto.io/Statement/v1", (string?)statement["_type"]);
        Assert.Equal("https://slsa.dev/provenance/v1", (string?)statement["predicateType"]);
        Assert.Equal(Sha256Digest.Of("not really a graph"u8), (string?)statement["subject"]![0]!["digest"]!["sha256"]);
        JsonNode definition = statement["predicate"]!["buildDefinition"]!;
        Assert.Equal("2020-05", (string?)definition["externalParameters"]!["snapshot"]);
        Assert.Equal(7, (int?)definition["internalParameters"]!["trainer"]!["seed"]);
        Assert.Equal(["index.json", "snapshot"], definition["resolvedDependencies"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal("2026-03-01T11:55:00Z", (string?)statement["predicate"]!["runDetails"]!["metadata"]!["startedOn"]);
    }

    [Fact]
    public async Task ModelCard_NamesOfPeopleAndData_NeverBecomeMarkup()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        string card = ModelCard.Write(world.Facts);

        Assert.Contains("&lt;script&gt;", card, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", card, StringComparison.Ordinal);
        Assert.Contains("disposable. \\| not a table", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelCard_DecisionAndClassWeights_AreSaid()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        TrainedFacts trained = Assert.IsType<TrainedFacts>(world.Facts.Origin);
        Target target = new Target.Binary { Decision = new() { Costs = new() { FalsePositive = 1, FalseNegative = 4 } } };
        TrainerDefinition weighed = trained.Challenger.Trainer with { ClassWeights = ImmutableSortedDictionary<string, double>.Empty.Add("1", 2.5) };

        string card = ModelCard.Write(world.Facts with
        {
            Definition = world.Facts.Definition with { Target = target },
            Origin = trained with { Challenger = trained.Challenger with { Trainer = weighed } },
        });

        Assert.Contains("`1` from a probability of 0.2000 on, where a wrong decision for it (1.0000) and one against it (4.0000) cost the same.", card, StringComparison.Ordinal);
        Assert.Contains("In training a row counted, by its class: `1` 2.5000; of any other class 1.", card, StringComparison.Ordinal);
        Assert.DoesNotContain("decides", ModelCard.Write(world.Facts).Split("## Evaluation")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelCard_OfATable_NamesColumnsAnswerAndInterval()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        FeatureView features = world.Facts.Definition.Features with
        {
            Inputs = [new() { Name = "origin", Type = InputType.Category }, new() { Name = "delay_3h", Type = InputType.Number, Nullable = true }],
        };
        ReleaseFacts table = world.Facts with
        {
            Definition = world.Facts.Definition with
            {
                Features = features, Target = new Target.Regression { Label = "delay", Unit = "minutes" }, Intervals = new() { Coverage = 0.8 },
            },
        };

        string card = ModelCard.Write(table);

        Assert.Contains("features of the raw columns `origin`, `delay_3h`. The file is one graph from there to a number of minutes;", card, StringComparison.Ordinal);
        Assert.Contains("It reads the columns `origin` (Category), `delay_3h` (Number, may be missing)", card, StringComparison.Ordinal);
        Assert.Contains("an interval that shall hold 0.8000 of the labels", card, StringComparison.Ordinal);
        Assert.DoesNotContain("probabilities are calibrated", card, StringComparison.Ordinal);
        string ofText = ModelCard.Write(world.Facts);
        Assert.Contains("of the raw text ", ofText, StringComparison.Ordinal);
        Assert.Contains("calibrated for the share of positives", ofText, StringComparison.Ordinal);
        Assert.DoesNotContain("an interval", ofText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelCard_Facts_AreInIt()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        string card = ModelCard.Write(world.Facts);

        Assert.Contains("| all | challenger | 1,000 | 100 | 0.3512 | 0.2100 | 0.9173 | 0.7100 | not defined |", card, StringComparison.Ordinal);
        Assert.Contains("Verdict of the gate: Blessed", card, StringComparison.Ordinal);
        Assert.Contains("decided on the slice `all`. Every other slice", card, StringComparison.Ordinal);
        Assert.Contains("host length: distribution is PSI 0.12", card, StringComparison.Ordinal);
        Assert.Contains(world.Facts.Export.Model.Sha256, card, StringComparison.Ordinal);
        Assert.DoesNotContain("Demo keys", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelCard_DemoEngineers_SaysSoAtTheTop()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        Enrolment demo = new() { Engineers = [.. world.Team.Enrolment.Engineers.Select(engineer => engineer with { IsDemo = true })] };

        string[] lines = ModelCard.Write(world.Facts with { Enrolment = demo }).Split('\n');

        Assert.StartsWith("> **Demo keys.**", lines[2], StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(PublishingWorld world, ReleaseManifest release, string name) =>
        Encoding.UTF8.GetString(await world.Artifacts.ReadAsync(release.Files.Single(file => file.Name == name).Content));
}
