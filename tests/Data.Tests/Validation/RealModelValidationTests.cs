using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Tests.Validation;

public sealed class RealModelValidationTests(RealModels models)
{
    [Theory]
    [InlineData("disposable-domain", "2019-12", null)]
    [InlineData("disposable-domain", "2020-05", "2019-12")]
    [InlineData("disposable-domain", "2021-06", "2020-05")]
    [InlineData("disposable-domain", "2021-11", "2021-06")]
    [InlineData("disposable-domain", "2022-09", "2021-11")]
    [InlineData("tracker-host", "2022-08", null)]
    [InlineData("tracker-host", "2023-04", "2022-08")]
    [InlineData("tracker-host", "2024-06", "2023-04")]
    [InlineData("tracker-host", "2024-10", "2024-06")]
    [InlineData("tracker-host", "2026-03", "2024-10")]
    [InlineData("flight-delay", "2001-01", null)]
    [InlineData("flight-delay", "2001-02", "2001-01")]
    [InlineData("bird-strike", "1995-Q1", null)]
    [InlineData("bird-strike", "1995-Q2", "1995-Q1")]
    [InlineData("bird-strike", "2002-Q2", "2002-Q1")]
    [InlineData("tracker-cost", "2024-Q1", null)]
    [InlineData("tracker-cost", "2024-Q3", "2024-Q2")]
    [InlineData("tracker-cost", "2025-Q4", "2025-Q3")]
    public async Task Validate_SoundSnapshot_IsAccepted(string model, string snapshot, string? previous)
    {
        ValidationReport report = await ValidateAsync(model, snapshot, previous);

        Assert.True(report.Accepted, string.Join(Environment.NewLine, report.Findings.Select(finding => finding.Sentence)));
    }

    [Theory]
    [InlineData("2024-07", "2024-06", "category of new hosts", "length of new hosts")]
    [InlineData("2025-04", "2024-10", "category of new hosts", "length of new hosts")]
    [InlineData("2025-09", "2024-10", "length of new hosts")]
    public async Task Validate_TrackerHostsBadBatches_AreStoppedByTheDistributionsOfTheirNewHosts(string snapshot, string previous, params string[] stoppedBy)
    {
        ValidationReport report = await ValidateAsync("tracker-host", snapshot, previous);

        Assert.False(report.Accepted);
        Assert.Equal(
            stoppedBy,
            report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Subject));
    }

    private async Task<ValidationReport> ValidateAsync(string model, string snapshot, string? previous)
    {
        LoadedModelDefinition loaded = RealModels.Definition(model);
        TakenSnapshot taken = await models.TakeAsync(model, snapshot);
        PreviousSnapshot? before = previous is null ? null : new PreviousSnapshot(previous, (await models.TakeAsync(model, previous)).Path);
        return SnapshotValidator.Validate(
            taken.Path, loaded.Definition, before, new DataLimits(), TestContext.Current.CancellationToken);
    }
}
