using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Models;

namespace Lifecycle.Worker.Hosting;

/// <summary>What a worker will find wrong with a model definition that is well formed.</summary>
public static class DefinitionChecks
{
    /// <summary>The SQL and the regular expressions that the database does not understand, each with its place.</summary>
    public static ImmutableArray<RuleBreach> Check(ModelDefinition definition, CancellationToken cancellation) =>
        CheckedDefinitions.Check(definition, cancellation);
}
