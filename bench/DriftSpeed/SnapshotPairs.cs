using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;

namespace Lifecycle.DriftSpeed;

/// <summary>
/// What the watch says of real data: the new rows of every snapshot against all rows of the one accepted before it, and
/// against its new rows. A snapshot that breaks its contract is decided on and not accepted.
/// </summary>
internal static class SnapshotPairs
{
    private static readonly DataLimits Limits = new();

    public static async Task<int> RunAsync(string modelFolder, string packageCache, CancellationToken cancellation)
    {
        LoadedModelDefinition model = ModelDefinitionReader.Read(modelFolder);
        SnapshotTaker taker = new(new NpmPackageCache(packageCache, TimeProvider.System), Limits);
        string scratch = Directory.CreateTempSubdirectory("lifecycle-").FullName;
        try
        {
            List<PairMeasurement> pairs = [];
            SnapshotFile? accepted = null;
            DriftState state = DriftState.Initial;
            foreach (SnapshotDefinition snapshot in model.Definition.Snapshots)
            {
                SnapshotFile now = await SnapshotFile.TakeAsync(model, snapshot, taker, scratch, cancellation);
                PairMeasurement? pair = accepted is null ? null : Measure(model.Definition, accepted, now, state, cancellation);
                if (pair is not null)
                {
                    pairs.Add(pair);
                    state = pair.Finding.After;
                }

                accepted = pair is { Contract.Accepted: false } ? accepted : now;
            }

            await Console.Out.WriteLineAsync(PairTable.Of(pairs));
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static PairMeasurement Measure(ModelDefinition model, SnapshotFile before, SnapshotFile now, DriftState state, CancellationToken cancellation)
    {
        ValidationReport contract = SnapshotValidator.Validate(
            now.Path, model, new PreviousSnapshot(before.Definition.Id, before.Path), Limits, cancellation);
        WindowDrift sinceAll = Compare(before.Rows);
        WindowDrift sinceNew = Compare(before.NewRows);
        DriftEvidence evidence = new() { Report = Report(sinceNew), Now = Moment(now), Runs = new RunFacts { PromotedAt = Moment(before) } };
        return new PairMeasurement(before.Definition.Id, now.Definition.Id, contract, sinceAll, sinceNew, DriftDecisions.Decide(model.Watch.Policy, state, evidence));

        WindowDrift Compare(string baseline) =>
            WindowComparison.Compare(baseline, now.NewRows, DriftFigures.Of(model.Features.Schema, model.Predicts), model.Watch.Policy, Limits, cancellation);

        DriftReport Report(WindowDrift drift) => new()
        {
            Model = model.Name,
            Window = new WatchWindow(now.Definition.Id, Moment(before), Moment(now), Moment(now)),
            BaselineId = before.Definition.Id,
            ChannelVersion = 1,
            ModelDigest = before.Definition.Id,
            RowCount = drift.RowCount,
            LabelledCount = drift.RowCount,
            Breaches = contract.Findings,
            Figures = [.. drift.Figures.Take(DriftReport.MaximumFigures)],
            FigureCount = drift.FigureCount,
            WarnCount = drift.WarnCount,
            ActCount = drift.ActCount,
            DriftShare = drift.DriftShare,
            Level = drift.Level,
        };
    }

    private static DateTimeOffset Moment(SnapshotFile snapshot) => new(snapshot.Definition.Cutoff.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
