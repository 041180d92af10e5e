using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
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
            new BuildDefinition(
                Provenance.BuildType,
                Parameters(
                    ("model", facts.Definition.Name),
                    ("snapshot", facts.Snapshot.Id),
                    ("cutoff", facts.Snapshot.Cutoff),
                    ("requestedBy", facts.RequestedBy),
                    ("trainer", facts.Definition.Trainer)),
                Parameters(
                    ("trainer", facts.Challenger.Trainer),
                    ("split", facts.Definition.Split),
                    ("features", facts.Definition.Features),
                    ("gate", facts.Definition.Gate)),
                Dependencies(facts)),
            new RunDetails(
                new ProvenanceBuilder(facts.BuilderId),
                new BuildMetadata(facts.InvocationId, facts.StartedAt.UtcDateTime, facts.FinishedAt.UtcDateTime),
                Byproducts(facts))));

    private static ImmutableSortedDictionary<string, object> Parameters(params (string Name, object Value)[] parameters) =>
        parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);

    private static ImmutableArray<ProvenanceResource> Dependencies(ReleaseFacts facts)
    {
        IEnumerable<ProvenanceResource> sources = facts.Snapshot.Sources.Select(source => new ProvenanceResource(source.Name, new StatementDigest(source.Sha256)));
        ProvenanceResource? champion = facts.Champion is { } live
            ? new ProvenanceResource("champion", new StatementDigest(live.Publication.ModelDigest)) { Uri = live.Publication.Directory }
            : null;
        return [.. sources, Resource("snapshot", facts.Snapshot.Rows), .. champion is null ? [] : new[] { champion }];
    }

    private static ImmutableArray<ProvenanceResource> Byproducts(ReleaseFacts facts)
    {
        ArtifactRef?[] reports = [facts.Evaluation.Document, facts.Evaluation.Page];
        string[] names = ["evaluation", "evaluation page"];
        return
        [
            Resource("training set", facts.Features.TrainingSet.Rows),
            Resource("holdout", facts.Features.Holdout.Rows),
            Resource("featurizer", facts.Features.Featurizer),
            Resource("native model", facts.Challenger.NativeModel),
            Resource("ensemble", facts.Challenger.Ensemble),
            Resource("drift baseline", facts.Challenger.DriftBaseline.Distributions),
            .. reports.Zip(names).Where(report => report.First is not null).Select(report => Resource(report.Second, report.First!)),
        ];
    }

    private static ProvenanceResource Resource(string name, ArtifactRef artifact) =>
        new(name, new StatementDigest(artifact.Sha256)) { Uri = artifact.Uri, MediaType = artifact.MediaType };
}
