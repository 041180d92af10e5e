using System.Text.RegularExpressions;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Rows;

namespace Lifecycle.Data.Tests.HowTo;

/// <summary>Follows docs/how-to/add-a-model.md: its files, and tickets that a generator made up.</summary>
public sealed class AddAModelTests : IDisposable
{
    private const string Hours = "ticket-hours";
    private const string Priority = "ticket-priority";
    private readonly string root = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    private string Models => Path.Combine(root, "models");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Page_Followed_TakesTheModelOfANumberThroughEveryDataStage()
    {
        LoadedModelDefinition loaded = WriteModel(Hours);

        (ValidationReport first, ValidationReport second) = await ValidateBothAsync(loaded);
        SplitRows split = Split(loaded);
        RowSet holdout = RowSets.Read(File("holdout"), loaded.Definition.Features.Schema, RowParts.Slices, new DataLimits());

        Assert.Empty(first.Findings);
        Assert.Empty(second.Findings);
        Assert.Equal(["team", "subject length"], second.Shifts.Select(shift => shift.Name));
        Assert.Contains("billing", holdout.Slices.Keys);
        Assert.InRange(split.Holdout.Times!.Last - split.Holdout.Times.First, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.True(split.TrainingSet.Times!.Last <= split.Holdout.Times.First - TimeSpan.FromDays(2), $"trained on {split.TrainingSet.Times.Last}, judged from {split.Holdout.Times.First}");
    }

    [Fact]
    public async Task Page_Followed_TakesTheModelOfSeveralClassesThroughEveryDataStage()
    {
        LoadedModelDefinition loaded = WriteModel(Priority);

        (ValidationReport first, ValidationReport second) = await ValidateBothAsync(loaded);
        SplitRows split = Split(loaded);
        DriftBaseline baseline = DriftBaselines.Compute(
            File("training"), loaded.Definition.Features.Schema, loaded.Definition.Predicts, File("baseline"), new DataLimits(), TestContext.Current.CancellationToken);

        Assert.Empty(first.Findings);
        Assert.Empty(second.Findings);
        Assert.Equal(2400, split.TrainingSet.RowCount + split.Holdout.RowCount);
        Assert.Equal(["low", "normal", "high"], split.Holdout.Labels.Classes.Select(one => one.Name));
        Assert.All(split.Holdout.Labels.Classes, one => Assert.InRange(one.RowCount, 50, 400));
        Assert.Equal(split.TrainingSet.RowCount, baseline.RowCount);
    }

    [Theory]
    [InlineData(",network,", ",netwrk,", "^team: allowedValues is 'netwrk' in [0-9]+ rows, expected one of billing, network, accounts$")]
    [InlineData(",high\n", ",urgent\n", "'urgent'")]
    public async Task Page_WithAMonthThatWentWrong_StopsItWithTheReason(string sound, string wrong, string expected)
    {
        LoadedModelDefinition loaded = WriteModel(Priority);
        string february = Path.Combine(Models, Priority, "tickets-2024-02.csv");
        await System.IO.File.WriteAllTextAsync(february, (await System.IO.File.ReadAllTextAsync(february)).Replace(sound, wrong, StringComparison.Ordinal));

        ValidationReport report = Validate(loaded, await TakeAsync(loaded, "2024-02"), previous: null);

        Assert.False(report.Accepted);
        Assert.Contains(report.Findings, finding => Regex.IsMatch(finding.Sentence, expected));
    }

    private LoadedModelDefinition WriteModel(string model)
    {
        Assert.Equal(
            ["models/ticket-hours/snapshot.sql", "models/ticket-hours/model.yaml", "models/ticket-priority/model.yaml"],
            HowToPage.WriteFiles("add-a-model.md", root));
        System.IO.File.Copy(Path.Combine(Models, Hours, "snapshot.sql"), Path.Combine(Models, Priority, "snapshot.sql"));
        System.IO.File.WriteAllText(Path.Combine(Models, model, "tickets-2024-01.csv"), GeneratedTickets.Csv(seed: 1, rows: 2000, new DateOnly(2024, 1, 1)));
        System.IO.File.WriteAllText(Path.Combine(Models, model, "tickets-2024-02.csv"), GeneratedTickets.Csv(seed: 2, rows: 2400, new DateOnly(2024, 2, 1)));
        return new ModelCatalog(Models).Read(model);
    }

    private async Task<(ValidationReport First, ValidationReport Second)> ValidateBothAsync(LoadedModelDefinition loaded)
    {
        string january = await TakeAsync(loaded, "2024-01");
        ValidationReport first = Validate(loaded, january, previous: null);
        return (first, Validate(loaded, await TakeAsync(loaded, "2024-02"), new PreviousSnapshot("2024-01", january)));
    }

    private SplitRows Split(LoadedModelDefinition loaded) => HoldoutSplit.Split(
        File("2024-02"), loaded.Definition, File("training"), File("holdout"), new DataLimits(), TestContext.Current.CancellationToken);

    private async Task<string> TakeAsync(LoadedModelDefinition loaded, string snapshot)
    {
        await RealModels.Taker().TakeAsync(loaded.Definition, loaded.Folder, snapshot, File(snapshot), progress: null, TestContext.Current.CancellationToken);
        return File(snapshot);
    }

    private static ValidationReport Validate(LoadedModelDefinition loaded, string path, PreviousSnapshot? previous) =>
        SnapshotValidator.Validate(path, loaded.Definition, previous, new DataLimits(), TestContext.Current.CancellationToken);

    private string File(string name) => Path.Combine(root, name);
}
