using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>Definitions of models that only have what data stages read.</summary>
internal static class ScratchModels
{
    public static ModelDefinition With(DataContract contract, FeatureView features) => new()
    {
        Name = "scratch",
        Owner = "tests",
        Description = "A scratch.",
        Source = new DataSourceDefinition { Sql = "snapshot.sql" },
        Contract = contract,
        Features = features,
    };
}
