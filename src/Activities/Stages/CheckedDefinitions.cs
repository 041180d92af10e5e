using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Definitions;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;

namespace Lifecycle.Activities.Stages;

/// <summary>Model definitions, with the SQL and the regular expressions in them put to the database too.</summary>
public static class CheckedDefinitions
{
    /// <summary>What the database does not understand in a definition.</summary>
    public static ImmutableArray<RuleBreach> Check(ModelDefinition definition, CancellationToken cancellation) =>
        new DefinitionSql(new DataLimits()).Check(definition, cancellation);

    internal static LoadedModelDefinition ReadChecked(this ModelCatalog catalog, string model, CancellationToken cancellation) =>
        catalog.Read(model, definition => Check(definition, cancellation));
}
