using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Statements;

namespace Lifecycle.Publishing.Releases;

/// <summary>Says what the release of a ReferenceModel was built from, as SLSA provenance v1.</summary>
internal static class ReferenceProvenance
{
    public static byte[] Write(ReferenceFacts facts) => Provenance.Write(
        [StatementSubject.Of(ReleaseFileNames.Model, facts.Reference.Model.Model.Sha256)],
        new ProvenancePredicate(
            new BuildDefinition(
                Provenance.ColdStartBuildType,
                Parameters(("model", facts.Definition.Name), ("requestedBy", facts.RequestedBy)),
                Parameters(("reference", facts.Definition.Reference), ("gate", facts.Definition.Gate), ("cutoff", facts.Definition.Reference.ColdStart!.Cutoff)),
                Dependencies(facts)),
            new RunDetails(
                new ProvenanceBuilder(facts.BuilderId),
                new BuildMetadata(facts.InvocationId, facts.StartedAt.UtcDateTime, facts.FinishedAt.UtcDateTime),
                Byproducts(facts))));

    private static ImmutableSortedDictionary<string, object> Parameters(params (string Name, object Value)[] parameters) =>
        parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);

    private static ImmutableArray<ProvenanceResource> Dependencies(ReferenceFacts facts) => facts.Reference.Lookup is { } lookup
        ? [.. lookup.Sources.Select(source => new ProvenanceResource(source.Name, new StatementDigest(source.Sha256))), Resource("lookup", lookup.Rows)]
        : [];

    private static ImmutableArray<ProvenanceResource> Byproducts(ReferenceFacts facts) =>
    [
        Resource("reference", facts.Reference.Answers),
        Resource("evaluation", facts.Reference.Evaluation.Document!),
        .. facts.Reference.Evaluation.Page is { } page ? new[] { Resource("evaluation page", page) } : [],
    ];

    private static ProvenanceResource Resource(string name, ArtifactRef artifact) =>
        new(name, new StatementDigest(artifact.Sha256)) { Uri = artifact.Uri, MediaType = artifact.MediaType };
}
