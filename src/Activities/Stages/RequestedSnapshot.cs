using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Activities.Stages;

/// <summary>The DataSnapshot that a request means.</summary>
internal static class RequestedSnapshot
{
    /// <summary>As <see cref="Of"/>; a model that was started without labels and lists none has what stands for one, which cannot be taken.</summary>
    public static SnapshotDefinition OrColdStart(ModelDefinition definition, string? id) =>
        (definition.Snapshots, id, definition.Reference.ColdStart) is ([], null, { } start)
            ? new SnapshotDefinition { Id = Origin.ReferenceName, Cutoff = start.Cutoff }
            : Of(definition, id);

    /// <summary>The one with this id; the newest when no id is given.</summary>
    /// <exception cref="InvalidRequestException">The model definition lists no such DataSnapshot.</exception>
    public static SnapshotDefinition Of(ModelDefinition definition, string? id)
    {
        if (definition.Snapshots is [])
        {
            throw new InvalidRequestException($"models/{definition.Name}/model.yaml lists no snapshots; add one under 'snapshots'");
        }

        return id is null
            ? definition.Snapshots[^1]
            : definition.Snapshots.FirstOrDefault(snapshot => snapshot.Id == id)
                ?? throw new InvalidRequestException(
                    $"models/{definition.Name}/model.yaml has no snapshot '{id}'; it lists {string.Join(", ", definition.Snapshots.Select(snapshot => snapshot.Id))}");
    }
}
