using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.Reports;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.References;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>A cold start's own steps: reads, compiles and prepares a ReferenceModel.</summary>
public sealed class ColdStartActivity(StageFolders folders, SnapshotTaker taker, ArtifactStore artifacts, KeyFolder keys, RequestDesk desk, DataLimits limits) : IColdStartActivity
{
    private const int LatencyRows = 2000;

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<RunDefinition> ReadReferenceAsync(ColdStartRequest request) => StageScope.RunAsync(async cancellation =>
    {
        if (string.IsNullOrWhiteSpace(request.RequestedBy))
        {
            throw new InvalidRequestException("a cold start needs the name of who asks; the request has none: give 'requestedBy'");
        }

        LoadedModelDefinition loaded = new ModelCatalog(folders.Models).ReadChecked(request.Model, cancellation);
        ModelDefinition definition = loaded.Definition;
        AskedFor asked = request.Asks(definition.Channel);
        SignedRequest? signed = await desk.AdmitAsync(request.Signed, asked, definition.Approval, cancellation);
        desk.RequireApprovers(asked, signed, definition.Approval, isRelease: true);
        return new RunDefinition
        {
            Model = definition.Name,
            Snapshot = new SnapshotDefinition { Id = Origin.ReferenceName, Cutoff = StartOf(definition).Cutoff },
            Document = await artifacts.UploadAsync(
                JsonSerializer.SerializeToUtf8Bytes(definition, DomainJson.Compact), MediaTypes.Json, cancellation),
            FolderDigest = ModelFolderDigest.Of(loaded.Folder),
            Gate = definition.Gate,
            Approval = definition.Approval,
            Channel = definition.Channel,
        };
    });

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<CompiledReference> CompileReferenceAsync(RunDefinition definition) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await artifacts.ReadDefinitionAsync(definition, cancellation);
        (DataSnapshot? lookup, ImmutableArray<KnownLabel> known) = await TakeLookupAsync(definition, model, cancellation);
        TextReference reference = TextReference.Of(model.Reference, model.Features, known.Select(row => (row.Input, row.Label)));
        byte[] answers = reference.ToBytes();
        byte[] onnx = ReferenceGraph.Compose(reference, model.Features, model.Predicts, Metadata(model, answers));
        ImmutableArray<string> probes = ReferenceProbes.Of(reference, model.Features);
        reference.RequireReached(probes);
        using OnnxScorer scorer = new(onnx);
        ParityReport parity = ParityCheck.Compare([.. probes.Select(reference.Score)], scorer.Score(probes));
        if (!parity.Holds)
        {
            throw new ParityBrokenException(parity);
        }

        OnnxModel compiled = new(await artifacts.UploadAsync(onnx, MediaTypes.Onnx, cancellation), parity);
        EvaluationReport report = Measure(compiled, reference, SingleRowLatency.Measure(scorer, [.. probes.Take(LatencyRows)]));
        return new CompiledReference
        {
            Description = reference.Description,
            Model = compiled,
            Answers = await artifacts.UploadAsync(answers, MediaTypes.Json, cancellation),
            Lookup = lookup,
            Evaluation = await StoreAsync(report, compiled, model, cancellation),
        };
    });

    /// <inheritdoc/>
    [Activity]
    public Task<ReleaseManifest> PrepareReferenceAsync(ReferenceReleaseInput input) => StageScope.RunAsync(async cancellation =>
        await new ReleaseAssembler(artifacts).AssembleAsync(
            new ReleaseFacts
            {
                Definition = await artifacts.ReadDefinitionAsync(input.Definition, cancellation),
                Origin = new ReferenceFacts(input.Reference),
                Export = input.Reference.Model,
                Evaluation = input.Reference.Evaluation,
                Blessing = input.Blessing,
                Enrolment = keys.ReadTrustRoot().Enrolment,
                InvocationId = input.InvocationId,
                RequestedBy = input.Request.RequestedBy,
                Request = desk.Proven(input.Request.Signed),
                BuilderId = ApprovalActivity.BuilderId,
                StartedAt = input.StartedAt,
                FinishedAt = input.FinishedAt,
            },
            cancellation));

    private static ColdStartDefinition StartOf(ModelDefinition definition) => definition.Reference.ColdStart
        ?? throw new InvalidRequestException(
            $"models/{definition.Name}/model.yaml names no reference model to start from; write 'reference.coldStart' with a 'lookup' or 'rules' (docs/how-to/start-without-labels.md)");

    private static ImmutableSortedDictionary<string, string> Metadata(ModelDefinition model, byte[] answers) => new Dictionary<string, string>
    {
        ["lifecycle.model"] = model.Name,
        ["lifecycle.snapshot"] = Origin.ReferenceName,
        ["lifecycle.reference.sha256"] = Sha256Digest.Of(answers),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static EvaluationReport Measure(OnnxModel compiled, TextReference reference, LatencyReport latency)
    {
        ImmutableSortedDictionary<string, SliceMetrics> none = ImmutableSortedDictionary<string, SliceMetrics>.Empty;
        return new EvaluationReport
        {
            Challenger = new ModelMetrics(compiled.Model.Sha256, none),
            Reference = new ModelMetrics(reference.Description, none),
            ModelBytes = compiled.Model.Bytes,
            Latency = latency,
            ParityDifference = compiled.Parity.MaximumDifference,
            ParityTolerance = compiled.Parity.Tolerance,
            Unmeasured = $"NOT measured against labels: this is a reference model ({reference.Description}), it was held against no labelled rows, and how often it is right is not known.",
        };
    }

    private async Task<(DataSnapshot? Lookup, ImmutableArray<KnownLabel> Known)> TakeLookupAsync(
        RunDefinition definition, ModelDefinition model, CancellationToken cancellation)
    {
        if (StartOf(model).Lookup is not { } script)
        {
            return (null, []);
        }

        string modelFolder = folders.ModelFolder(definition.Model);
        ModelFolderDigest.Require(modelFolder, definition.FolderDigest);
        using StageWorkspace workspace = folders.OpenWorkspace("cold-start");
        DataSnapshot lookup = await taker.TakeAndStoreAsync(
            LookupRows.SourceOf(model), modelFolder, Origin.ReferenceName, workspace, artifacts, cancellation);
        return (lookup, LookupRows.Read(workspace.File($"{Origin.ReferenceName}.parquet"), script, limits));
    }

    private async Task<EvaluationReport> StoreAsync(EvaluationReport report, OnnxModel compiled, ModelDefinition model, CancellationToken cancellation)
    {
        ColdStartDocument document = new(report.Unmeasured!, report.Reference.ModelDigest, compiled.Model.Sha256, compiled.Model.Bytes, compiled.Parity);
        EvaluationSubject subject = new() { Model = model.Name, Snapshot = Origin.ReferenceName, PrimarySlice = model.Gate.PrimarySlice };
        string page = ColdStartPage.Render(report, ColdStartGate.Judge(report, model.Gate, championVersion: null), subject, StartOf(model));
        return report with
        {
            Document = await artifacts.UploadAsync(document.ToBytes(), MediaTypes.Json, cancellation),
            Page = await artifacts.UploadAsync(Encoding.UTF8.GetBytes(page), MediaTypes.Html, cancellation),
        };
    }
}
