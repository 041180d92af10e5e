using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;

namespace Lifecycle.Publishing.Statements;

/// <summary>Something that a build read or wrote, by digest.</summary>
public sealed record ProvenanceResource(string Name, StatementDigest Digest)
{
    /// <summary>Address, where there is one.</summary>
    public string? Uri { get; init; }

    /// <summary>Media type, where it is known.</summary>
    public string? MediaType { get; init; }
}

/// <summary>What was built from what: SLSA v1 <c>buildDefinition</c>.</summary>
/// <param name="BuildType">URI that says how to read the parameters.</param>
/// <param name="ExternalParameters">What the requester could choose.</param>
/// <param name="InternalParameters">What the worker chose.</param>
/// <param name="ResolvedDependencies">Everything read, by digest.</param>
public sealed record BuildDefinition(
    string BuildType,
    ImmutableSortedDictionary<string, object> ExternalParameters,
    ImmutableSortedDictionary<string, object> InternalParameters,
    ImmutableArray<ProvenanceResource> ResolvedDependencies);

/// <summary>Who ran a build.</summary>
public sealed record ProvenanceBuilder(string Id);

/// <summary>Which build it was, and when; times are UTC.</summary>
public sealed record BuildMetadata(string InvocationId, DateTime StartedOn, DateTime FinishedOn);

/// <summary>Who built, when, and what else came out: SLSA v1 <c>runDetails</c>.</summary>
public sealed record RunDetails(ProvenanceBuilder Builder, BuildMetadata Metadata, ImmutableArray<ProvenanceResource> Byproducts);

/// <summary>Predicate SLSA provenance v1.</summary>
public sealed record ProvenancePredicate(BuildDefinition BuildDefinition, RunDetails RunDetails);

/// <summary>Writes <c>provenance.json</c>: SLSA provenance v1 in an in-toto statement. It is signed by being a file under <c>model.sig</c>.</summary>
public static class Provenance
{
    /// <summary>Predicate type of SLSA provenance v1.</summary>
    public const string PredicateType = "https://slsa.dev/provenance/v1";

    /// <summary>How to read the parameters of a RetrainingRun.</summary>
    public const string BuildType = "https://lifecycle.dev/retraining/v1";

    /// <summary>How to read the parameters of a cold start.</summary>
    public const string ColdStartBuildType = "https://lifecycle.dev/cold-start/v1";

    /// <summary>The file's bytes, indented. Parameters may hold fractions, so that this document has no canonical form.</summary>
    public static byte[] Write(ImmutableArray<StatementSubject> subjects, ProvenancePredicate predicate) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new InTotoStatement<ProvenancePredicate> { Subject = subjects, PredicateType = PredicateType, Predicate = predicate },
            DomainJson.Indented);
}
