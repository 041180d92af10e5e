using System.Collections.Immutable;

namespace Lifecycle.Activities.Files;

/// <summary>What a request may name on this worker, as its operator has it.</summary>
/// <param name="ModelsFolder">The model definitions; a request for a model may name files in that model's folder.</param>
/// <param name="Home">The home with keys and enrolment: nothing in it is read for a request, unless a folder further inside is allowed by name.</param>
public sealed record FileAccessRules(string ModelsFolder, string Home)
{
    /// <summary>Further folders that requests may name, all models' alike; none by default.</summary>
    public ImmutableArray<string> DataFolders { get; init; } = [];

    /// <summary>Folders and files that are never read for a request, wherever they lie: scratch, packages, alerts.yaml.</summary>
    public ImmutableArray<string> Closed { get; init; } = [];
}
