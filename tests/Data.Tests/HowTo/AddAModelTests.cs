using Lifecycle.Data.Drift;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Tests.HowTo;

/// <summary>Follows docs/how-to/add-a-model.md: its files, and tickets that a generator made up.</summary>
public sealed class AddAModelTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    private string Models => Path.Combine(root, "models");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Page_Followed_TakesTheNewModelThroughEveryDataStage()
    {
        LoadedModelDefinition loaded = WriteModel();

        string january = await TakeAsync(loaded, "2024-01");
        ValidationReport first = Validate(loaded, january, previous: null);
        string february = await TakeAsync(loaded, "2024-02");
        ValidationReport second = Validate(loaded, february, new PreviousSnapshot("2024-01", january));
        SplitRows split = HoldoutSplit.Split(february, loaded.Definition, File("training"), File("holdout"), new DataLimits(), TestContext.Current.CancellationToken);
        DriftBaseline baseline = DriftBaselines.Compute(File("training"), loaded.Definition.Features.Schema, loaded.Definition.Predicts, File("baseline"), new DataLimits(), TestContext.Current.CancellationToken);

        Assert.Empty(first.Findings);
        Assert.Empty(second.Findings);
        Assert.Equal(["team", "subject length"], second.Shifts.Select(shift => shift.Name));
        Assert.Equal(2400, split.TrainingSet.RowCount + split.Holdout.RowCount);
        Assert.Equal(split.TrainingSet.RowCount, baseline.RowCount);
        Assert.Contains("billing", RowSets.Read(File("holdout"), loaded.Definition.Features.Schema, RowParts.Slices, new DataLimits()).Slices.Keys);
    }

    [Fact]
    public async Task Page_WithAMonthThatWentWrong_StopsItWithTheReason()
    {
        LoadedModelDefinition loaded = WriteModel();
        string february = Path.Combine(Models, "urgent-ticket", "tickets-2024-02.csv");
        await System.IO.File.WriteAllTextAsync(february, (await System.IO.File.ReadAllTextAsync(february)).Replace(",network,", ",netwrk,", StringComparison.Ordinal));

        ValidationReport report = Validate(loaded, await TakeAsync(loaded, "2024-02"), previous: null);

        Assert.False(report.Accepted);
        Assert.Matches("^team: allowedValues is 'netwrk' in [0-9]+ rows, expected one of billing, network, accounts$", Assert.Single(report.Findings).Sentence);
    }

    private LoadedModelDefinition WriteModel()
    {
        Assert.Equal(["models/urgent-ticket/snapshot.sql", "models/urgent-ticket/model.yaml"], HowToPage.WriteFiles("add-a-model.md", root));
        System.IO.File.WriteAllText(Path.Combine(Models, "urgent-ticket", "tickets-2024-01.csv"), GeneratedTickets.Csv(seed: 1, rows: 2000));
        System.IO.File.WriteAllText(Path.Combine(Models, "urgent-ticket", "tickets-2024-02.csv"), GeneratedTickets.Csv(seed: 2, rows: 2400));
        return new ModelCatalog(Models).Read("urgent-ticket");
    }

    private async Task<string> TakeAsync(LoadedModelDefinition loaded, string snapshot)
    {
        await RealModels.Taker().TakeAsync(loaded.Definition, loaded.Folder, snapshot, File(snapshot), progress: null, TestContext.Current.CancellationToken);
        return File(snapshot);
    }

    private static ValidationReport Validate(LoadedModelDefinition loaded, string path, PreviousSnapshot? previous) =>
        SnapshotValidator.Validate(path, loaded.Definition, previous, new DataLimits(), TestContext.Current.CancellationToken);

    private string File(string name) => Path.Combine(root, name);
}
