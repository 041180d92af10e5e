using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.Publishing.Releases;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>Facts of a small RetrainingRun whose model and evaluation document are real artifacts of a store.</summary>
internal static class SampleFacts
{
    public static async Task<ReleaseFacts> MakeAsync(ArtifactStore artifacts, Enrolment enrolment)
    {
        ArtifactRef model = await artifacts.UploadAsync("not really a graph"u8.ToArray(), MediaTypes.Onnx);
        ArtifactRef document = await artifacts.UploadAsync("""{"areaUnderCurve":0.9173}"""u8.ToArray(), MediaTypes.Json);
        SliceMetrics metrics = new()
        {
            RowCount = 1000,
            ClassRows = [900, 100],
            Loss = 0.3512,
            Figures = ImmutableSortedDictionary.CreateRange<string, double>(StringComparer.Ordinal, [new("logLoss", 0.21), new(Figure.AreaUnderCurve, 0.9173), new("averagePrecision", 0.71)]),
        };
        ModelMetrics challenger = new(model.Sha256, ImmutableSortedDictionary<string, SliceMetrics>.Empty.Add("all", metrics));
        return new ReleaseFacts
        {
            Definition = Definition,
            Origin = new TrainedFacts(
                Snapshot,
                Validation,
                new(new(Artifact('1'), 4000) { Labels = LabelSummary.OfPositives(4000, 400) }, new(Artifact('2'), 1000) { Labels = LabelSummary.OfPositives(1000, 100) }, Artifact('3'), 3211),
                new(Artifact('4'), Artifact('5'), new TrainerDefinition.LightGbm(), new DriftBaseline(Artifact('6'), 4000))),
            Export = new(model, new ParityReport(1000, 2.5e-7, 1e-5)),
            Evaluation = new()
            {
                Challenger = challenger,
                Reference = challenger with { ModelDigest = "lookup" },
                Comparisons = [new(PairedComparison.AgainstReference, "all", -0.12, -0.15, -0.09, 0.47, [800, 90])],
                ModelBytes = model.Bytes,
                Latency = new(100, 20, 40),
                ParityDifference = 2.5e-7,
                Document = document,
            },
            Blessing = new(BlessingVerdict.Blessed, [new("better than reference", BlessingVerdict.Blessed, "On 'all' it is better.")]),
            Enrolment = enrolment,
            InvocationId = "temporal://default/retrain-disposable-domain/0199",
            RequestedBy = "dora",
            BuilderId = "https://lifecycle.dev/worker/0.1.0",
            StartedAt = ReleaseTeam.Now.AddMinutes(-5),
            FinishedAt = ReleaseTeam.Now.AddMinutes(-1),
        };
    }

    private static ModelDefinition Definition => new()
    {
        Name = "disposable-domain",
        Owner = "team <script>alert(1)</script>",
        Description = "Whether a mail domain is disposable.\n| not a table",
        Source = new() { Sql = "rows.sql" },
        Contract = new(),
        Features = new() { Key = "domain", Input = "domain", Kind = InputKind.HostName },
    };

    private static DataSnapshot Snapshot => new()
    {
        Model = "disposable-domain",
        Id = "2020-05",
        Cutoff = new DateOnly(2020, 5, 1),
        Rows = Artifact('7'),
        RowCount = 5000,
        Sources = [new("index.json", new string('8', 64))],
    };

    private static ValidationReport Validation => new()
    {
        SnapshotDigest = new string('7', 64),
        RuleCount = 9,
        Findings = [new(FindingSeverity.Warning, "distribution", "host length", "PSI 0.12", "at most 0.1")],
        FindingCount = 1,
    };

    private static ArtifactRef Artifact(char digit) => ArtifactRef.ForContent(new string(digit, 64), 1, MediaTypes.Parquet);
}
