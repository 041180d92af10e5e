namespace Lifecycle.Domain.Releases;

/// <summary>
/// Where the answers of a release come from: <see cref="TrainedOrigin"/> or <see cref="ReferenceOrigin"/>. Documents keep it in the
/// member <c>snapshot</c>, where a reference model has <see cref="ReferenceName"/>; this is the one place that knows.
/// </summary>
public abstract record Origin
{
    /// <summary>Stands for a reference model where a trained one names its DataSnapshot; no DataSnapshot may be called so.</summary>
    public const string ReferenceName = "cold-start";

    /// <summary>The origin that a document names.</summary>
    /// <param name="snapshot">Its member <c>snapshot</c>.</param>
    public static Origin Named(string snapshot) => IsReference(snapshot) ? new ReferenceOrigin() : new TrainedOrigin(snapshot);

    /// <summary>Whether a name stands for a reference model.</summary>
    public static bool IsReference(string name) => string.Equals(name, ReferenceName, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Trained on the rows of a DataSnapshot, and measured against labels.</summary>
/// <param name="Snapshot">Identifier of the DataSnapshot.</param>
public sealed record TrainedOrigin(string Snapshot) : Origin;

/// <summary>Written down as rules and look-ups, for the time before there are labels: nothing was measured.</summary>
public sealed record ReferenceOrigin : Origin;
