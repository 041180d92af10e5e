using System.Collections.Immutable;
using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.References;
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
            Document = await artifacts.UploadRecordAsync(definition, cancellation),
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
        (DataSnapshot? lookup, RowSet? known) = await TakeLookupAsync(definition, model, cancellation);
        (DataSnapshot? snapshot, FittedReference? groups) = await FitGroupsAsync(definition, model, cancellation);
        FittedReference reference = ColdStartReference.Of(model, known, groups);
        byte[] answers = reference.ToBytes();
        byte[] onnx = ReferenceGraph.Compose(reference, model.Features.Schema, Metadata(model, answers));
        InputRows probes = ReferenceProbes.Of(reference, model.Features.Schema);
        ColdStartReference.RequireReached(reference, probes);
        using OnnxScorer scorer = new(onnx);
        ParityReport parity = ParityCheck.Compare(reference.Score(probes, probes.Count), scorer.Score(probes), ParityMeasure.Absolute);
        if (!parity.Holds)
        {
            throw new ParityBrokenException(parity);
        }

        OnnxModel compiled = new(await artifacts.UploadAsync(onnx, MediaTypes.Onnx, cancellation), parity);
        EvaluationReport report = Measure(compiled, reference, snapshot, SingleRowLatency.Measure(scorer, probes.Slice(..Math.Min(LatencyRows, probes.Count))));
        return new CompiledReference
        {
            Description = reference.Description,
            Model = compiled,
            Answers = await artifacts.UploadAsync(answers, MediaTypes.Json, cancellation),
            Lookup = lookup,
            Snapshot = snapshot,
            Evaluation = await StoreAsync(report, compiled, model, reference, cancellation),
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

    private static EvaluationReport Measure(OnnxModel compiled, FittedReference reference, DataSnapshot? snapshot, LatencyReport latency)
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
            Unmeasured = $"NOT measured against labels: this is a reference model ({reference.Description}), it was {(snapshot is null ? "" : $"fitted on the training part of snapshot {snapshot.Id}, and ")}held against no labelled rows, and how {(reference.Target.Answer == AnswerForm.Value ? "far its numbers are off" : "often it is right")} is not known.",
        };
    }

    private async Task<(DataSnapshot? Lookup, RowSet? Known)> TakeLookupAsync(
        RunDefinition definition, ModelDefinition model, CancellationToken cancellation)
    {
        if (StartOf(model).Lookup is null)
        {
            return (null, null);
        }

        string modelFolder = folders.ModelFolder(definition.Model);
        ModelFolderDigest.Require(modelFolder, definition.FolderDigest);
        using StageWorkspace workspace = folders.OpenWorkspace("cold-start");
        DataSnapshot lookup = await taker.TakeAndStoreAsync(
            LookupRows.SourceOf(model), modelFolder, Origin.ReferenceName, workspace, artifacts, cancellation);
        return (lookup, LookupRows.Read(workspace.File($"{Origin.ReferenceName}.parquet"), model, limits));
    }

    // The Holdout stays unseen, so that the first Challenger meets a Champion that never saw it.
    private async Task<(DataSnapshot? Snapshot, FittedReference? Groups)> FitGroupsAsync(
        RunDefinition definition, ModelDefinition model, CancellationToken cancellation)
    {
        if (StartOf(model).Snapshot is not { } id)
        {
            return (null, null);
        }

        string modelFolder = folders.ModelFolder(definition.Model);
        ModelFolderDigest.Require(modelFolder, definition.FolderDigest);
        using StageWorkspace workspace = folders.OpenWorkspace("cold-start-groups");
        DataSnapshot snapshot = await taker.TakeAndStoreAsync(model, modelFolder, RequestedSnapshot.Of(model, id).Id, workspace, artifacts, cancellation);
        string rows = workspace.File($"{id}.parquet");
        ValidationReport report = SnapshotValidator.Validate(rows, model, previous: null, limits, cancellation);
        if (report.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } broken)
        {
            throw new InvalidDataSourceException($"snapshot {id} of '{model.Name}', on which its groups are fitted, breaks the contract: {broken.Sentence}; mend the rows or the contract, or name another 'reference.coldStart.snapshot'");
        }

        string training = workspace.File("training.parquet");
        HoldoutSplit.Split(rows, model, training, workspace.File("holdout.parquet"), limits, cancellation);
        RowSet set = RowSets.Read(training, model.Features.Schema, RowParts.Weights, limits);
        return (snapshot, ReferenceModel.Fit(model.Reference, model.Predicts, model.Gate.LossFor(model.Predicts), set).Fitted);
    }

    private async Task<EvaluationReport> StoreAsync(
        EvaluationReport report, OnnxModel compiled, ModelDefinition model, FittedReference reference, CancellationToken cancellation)
    {
        ColdStartDocument document = new(report.Unmeasured!, report.Reference.ModelDigest, compiled.Model.Sha256, compiled.Model.Bytes, compiled.Parity);
        EvaluationSubject subject = new() { Model = model.Name, Snapshot = Origin.ReferenceName, PrimarySlice = model.Gate.PrimarySlice };
        string page = ColdStartPage.Render(report, ColdStartGate.Judge(report, model.Gate, championVersion: null), subject, reference, model.Features.Schema);
        return report with
        {
            Document = await artifacts.UploadAsync(document.ToBytes(), MediaTypes.Json, cancellation),
            Page = await artifacts.UploadAsync(Encoding.UTF8.GetBytes(page), MediaTypes.Html, cancellation),
        };
    }
}
