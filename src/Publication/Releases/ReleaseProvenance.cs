using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Statements;

namespace Lifecycle.Publishing.Releases;

/// <summary>
/// Says what a release was built from, as SLSA provenance v1. Its subject is <c>model.onnx</c> alone: the directory's root
/// digest covers this very file and cannot stand in it.
/// </summary>
internal static class ReleaseProvenance
{
    public static byte[] Write(ReleaseFacts facts) => Provenance.Write(
        [StatementSubject.Of(ReleaseFileNames.Model, facts.Export.Model.Sha256)],
        new ProvenancePredicate(
            facts.Origin switch
            {
                TrainedFacts trained => Definition(facts, trained),
                ReferenceFacts reference => Definition(facts, reference),
                _ => throw new ArgumentException($"Unknown origin {facts.Origin.GetType().Name}.", nameof(facts)),
            },
            new RunDetails(
                new ProvenanceBuilder(facts.BuilderId),
                new BuildMetadata(facts.InvocationId, facts.StartedAt.UtcDateTime, facts.FinishedAt.UtcDateTime),
                Byproducts(facts))));

    private static BuildDefinition Definition(ReleaseFacts facts, TrainedFacts trained) => new(
        Provenance.BuildType,
        Parameters(
            ("model", facts.Definition.Name),
            ("snapshot", trained.Snapshot.Id),
            ("cutoff", trained.Snapshot.Cutoff),
            ("requestedBy", facts.RequestedBy),
            ("trainer", facts.Definition.Trainer)),
        Parameters(
            ("trainer", trained.Challenger.Trainer),
            ("split", facts.Definition.Split),
            ("features", facts.Definition.Features),
            ("gate", facts.Definition.Gate)),
        [
            .. Resources("snapshot", trained.Snapshot),
            .. facts.Champion is { } live
                ? new[] { new ProvenanceResource("champion", new StatementDigest(live.Publication.ModelDigest)) { Uri = live.Publication.Directory } }
                : [],
        ]);

    private static BuildDefinition Definition(ReleaseFacts facts, ReferenceFacts reference) => new(
        Provenance.ColdStartBuildType,
        reference.Reference.Snapshot is { } fitted
            ? Parameters(("model", facts.Definition.Name), ("requestedBy", facts.RequestedBy), ("snapshot", fitted.Id))
            : Parameters(("model", facts.Definition.Name), ("requestedBy", facts.RequestedBy)),
        Parameters(("reference", facts.Definition.Reference), ("gate", facts.Definition.Gate), ("cutoff", facts.Definition.Reference.ColdStart!.Cutoff)),
        [.. Resources("lookup", reference.Reference.Lookup), .. Resources("snapshot", reference.Reference.Snapshot)]);

    private static IEnumerable<ProvenanceResource> Resources(string name, DataSnapshot? taken) => taken is null
        ? []
        : [.. taken.Sources.Select(source => new ProvenanceResource(source.Name, new StatementDigest(source.Sha256))), Resource(name, taken.Rows)];

    private static ImmutableSortedDictionary<string, object> Parameters(params (string Name, object Value)[] parameters) =>
        parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);

    private static ImmutableArray<ProvenanceResource> Byproducts(ReleaseFacts facts)
    {
        (string Name, ArtifactRef? Artifact)[] own = facts.Origin switch
        {
            TrainedFacts trained =>
            [
                ("training set", trained.Features.TrainingSet.Rows),
                ("holdout", trained.Features.Holdout.Rows),
                ("featurizer", trained.Features.Featurizer),
                ("native model", trained.Challenger.NativeModel),
                ("ensemble", trained.Challenger.Ensemble),
                ("drift baseline", trained.Challenger.DriftBaseline.Distributions),
            ],
            ReferenceFacts reference => [("reference", reference.Reference.Answers)],
            _ => [],
        };
        (string Name, ArtifactRef? Artifact)[] reports = [("evaluation", facts.Evaluation.Document), ("evaluation page", facts.Evaluation.Page)];
        return
        [
            .. own.Concat(reports)
                .Where(product => product.Artifact is not null).Select(product => Resource(product.Name, product.Artifact!)),
        ];
    }

    private static ProvenanceResource Resource(string name, ArtifactRef artifact) =>
        new(name, new StatementDigest(artifact.Sha256)) { Uri = artifact.Uri, MediaType = artifact.MediaType };
}
