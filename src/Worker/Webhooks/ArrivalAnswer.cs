namespace Lifecycle.Worker.Webhooks;

/// <summary>What who posted an arrival is told, as JSON. Format: docs/formats/sensor.md.</summary>
public sealed record ArrivalAnswer
{
    /// <summary>Identity of the content; empty where the request held none.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Whether it is new, and a run took it as its reason; null while that is not known.</summary>
    public bool? IsNew { get; init; }

    /// <summary>Workflow id of the run in flight when it is new, or of the work that goes on when that is not known yet.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Why it was not taken, and what to do; null when it was.</summary>
    public string? Error { get; init; }
}
