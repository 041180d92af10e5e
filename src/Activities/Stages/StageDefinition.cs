using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.Activities.Stages;

/// <summary>Gives a stage the model definition as the run recorded it.</summary>
internal static class StageDefinition
{
    /// <summary>Reads the recorded definition, digest-verified.</summary>
    public static async Task<ModelDefinition> ReadDefinitionAsync(
        this ArtifactStore artifacts, RunDefinition definition, CancellationToken cancellation)
    {
        byte[] document = await artifacts.ReadAsync(definition.Document, cancellation);
        return DomainJson.ReadRecord<ModelDefinition>(document, definition.Document.Uri);
    }
}
