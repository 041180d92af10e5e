using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Rows;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.EndToEnd.Tests.Launching;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.EndToEnd.Tests.Runs;

/// <summary>The stages from a snapshot to a graph, one after the other without an engine, over generated rows.</summary>
public sealed class TrainingStagesTests : IDisposable
{
    private const string Name = "sample-stages";

    private const string Definition = """
        name: sample-stages
        owner: tests
        description: Generated rows; a level comes up in the last tenth of the training part alone.
        source: { sql: rows.sql, files: { rows: data/rows.csv } }
        snapshots:
          - { id: 2024-01, cutoff: 2024-03-31 }
        contract:
          columns:
            id: { type: integer, unique: true }
            happened: { type: timestamp }
            kind: { type: text }
            size: { type: number }
            is_late: { type: integer }
        target: { type: binary, label: is_late }
        features:
          key: id
          eventTime: happened
          inputs:
            kind: { type: category }
            size: { type: number }
          transforms:
            - { type: oneHot, inputs: [kind], minimumCount: 1 }
            - { type: numeric, inputs: [size] }
        split: { byTime: happened, holdout: 100h }
        trainer: { TRAINER }
        gate: { loss: LOSS }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly MemoryBlobStore store = new();
    private readonly ImmutableArray<object> activities;
    private readonly ArtifactStore artifacts;
    private RunDefinition? definition;

    public TrainingStagesTests()
    {
        StagePlaces places = new(Path.Combine(folder.Path, "models"), Path.Combine(folder.Path, "scratch"), Path.Combine(folder.Path, "packages"), Path.Combine(folder.Path, "keys"));
        artifacts = places.OpenArtifacts(store);
        activities = StageActivitySet.DataActivities(places, store, new DataLimits(), client: null, TimeProvider.System);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Features_OfATrainerThatStopsEarly_AreFittedWithoutTheRowsItStopsBy()
    {
        FeatureSet stopping = (await RunAsync("type: lightGbm, trees: 5, earlyStopping: 2", "balancedLogLoss")).Features;
        FeatureSet growing = (await RunAsync("type: lightGbm, trees: 5", "balancedLogLoss")).Features;

        Assert.Equal(["kind=a", "kind=b", "size"], await NamesOfAsync(stopping));
        Assert.Equal(["kind=a", "kind=b", "kind=late", "size"], await NamesOfAsync(growing));
        Assert.Equal(growing.Holdout.RowCount, stopping.Holdout.RowCount);
    }

    [Theory]
    [InlineData("type: lightGbm, trees: 40, leaves: 4, minimumRowsPerLeaf: 150")]
    [InlineData("type: fastTree, trees: 40, leaves: 4, minimumRowsPerLeaf: 150")]
    [InlineData("type: linear")]
    [InlineData("type: linear, balanceClasses: false, classWeights: { 0: 1, 1: 9 }")]
    public async Task Model_OfBalancedClassesUnderALossOfTrueProbabilities_IsCorrectedRecordedAndKnownAsSuch(string trainer)
    {
        Stages corrected = await RunAsync(trainer, "logLoss");
        Stages balanced = await RunAsync(trainer, "balancedLogLoss");

        using OnnxScorer scorer = new(await artifacts.ReadAsync(corrected.Model.Model, TestContext.Current.CancellationToken));
        using OnnxScorer other = new(await artifacts.ReadAsync(balanced.Model.Model, TestContext.Current.CancellationToken));

        Assert.True(corrected.Model.Parity.Holds);
        Assert.Equal(2, corrected.Challenger.CorrectedFactors!.Value.Length);
        Assert.Equal(string.Join(' ', corrected.Challenger.CorrectedFactors.Value.Select(factor => factor.ToString("R", CultureInfo.InvariantCulture))), scorer.Metadata[OnnxScorer.CorrectedFactorsKey]);
        Assert.Equal((true, false), (scorer.HasTrueShares, other.HasTrueShares));
        Assert.Null(balanced.Challenger.CorrectedFactors);
        (double likely, double rate) = await AnswersAsync(corrected, scorer);
        (double balancedLikely, _) = await AnswersAsync(balanced, other);
        Assert.InRange(likely / rate, 0.5, 1.8);
        Assert.True(balancedLikely > 1.5 * rate, $"{balancedLikely} of a model of balanced classes shows nothing beside {rate}");
    }

    // Mean probability over the Holdout, and the share that it should be near to. The shares that evaluation takes for granted follow.
    private async Task<(double Mean, double Rate)> AnswersAsync(Stages stages, OnnxScorer scorer)
    {
        string holdout = await artifacts.DownloadAsync(stages.Features.Holdout.Rows, TestContext.Current.CancellationToken);
        ModelDefinition model = await artifacts.ReadDefinitionAsync(definition!, TestContext.Current.CancellationToken);
        MeasuredAnswers measured = new(model, stages.Features.TrainingSet, RowSets.Read(holdout, model.Features.Schema, RowParts.None, new DataLimits()));
        var scored = measured.Of(scorer, "digest");
        ImmutableArray<ClassCount> classes = stages.Features.TrainingSet.Labels.Classes;
        double rate = (double)classes[1].RowCount / stages.Features.TrainingSet.RowCount;
        Assert.Equal(scorer.HasTrueShares, scored.AssumedShares is [_, var taken] && Math.Abs(taken - rate) < 1e-9);
        return (scored.Answers.Values.Average(), rate);
    }

    private async Task<Stages> RunAsync(string trainer, string loss)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        WriteModel(trainer, loss);
        LoadedModelDefinition loaded = new ModelCatalog(Path.Combine(folder.Path, "models")).Read(Name);
        definition = await artifacts.RecordAsync(loaded, loaded.Definition.Snapshots[0], cancellation);
        DataSnapshot snapshot = await activities.OfType<SnapshotActivity>().Single().TakeSnapshotAsync(definition);
        FeatureSet features = await activities.OfType<FeaturesActivity>().Single().BuildFeaturesAsync(new(definition, snapshot));
        Challenger challenger = await activities.OfType<TrainingActivity>().Single().TrainChallengerAsync(new(definition, features));
        return new Stages(features, challenger, await activities.OfType<ExportActivity>().Single().ExportModelAsync(new(definition, snapshot, features, challenger)));
    }

    private async Task<string[]> NamesOfAsync(FeatureSet features) =>
        JsonSerializer.Deserialize<string[]>(await artifacts.ReadAsync(features.FeatureNames!, TestContext.Current.CancellationToken), DomainJson.Compact)!;

    private void WriteModel(string trainer, string loss)
    {
        string model = Path.Combine(folder.Path, "models", Name);
        Directory.CreateDirectory(Path.Combine(model, "data"));
        File.WriteAllText(Path.Combine(model, "model.yaml"), Definition.Replace("TRAINER", trainer, StringComparison.Ordinal).Replace("LOSS", loss, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(model, "rows.sql"), "SELECT id, happened, kind, size, is_late FROM read_csv(getvariable('rows'), header = true, columns = {'id': 'BIGINT', 'happened': 'TIMESTAMP', 'kind': 'VARCHAR', 'size': 'DOUBLE', 'is_late': 'BIGINT'})\n");
        StringBuilder rows = new("id,happened,kind,size,is_late\n");
        Random random = new(3);
        for (int row = 0; row < 1000; row++)
        {
            double size = Math.Round(random.NextDouble(), 3);
            int isLate = random.NextDouble() < (size > 0.5 ? 0.14 : 0.06) ? 1 : 0;
            string kind = row is >= 810 and < 900 ? "late" : row % 2 == 0 ? "a" : "b";
            rows.Append(CultureInfo.InvariantCulture, $"{row},{new DateTime(2024, 1, 1).AddHours(row):yyyy-MM-dd HH:mm:ss},{kind},{size},{isLate}\n");
        }

        File.WriteAllText(Path.Combine(model, "data", "rows.csv"), rows.ToString());
    }

    private sealed record Stages(FeatureSet Features, Challenger Challenger, OnnxModel Model);
}
