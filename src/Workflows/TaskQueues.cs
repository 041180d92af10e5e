namespace Lifecycle.Workflows;

/// <summary>
/// Names of the task queues. Three, so that a fleet can give each what it needs: many small workers, few large ones, and
/// the one place that holds the signing key.
/// </summary>
public static class TaskQueues
{
    /// <summary>Workflows and short activities.</summary>
    public const string Lifecycle = "lifecycle";

    /// <summary>Data and training stages: long, heartbeating, with fixed slots.</summary>
    public const string Training = "training";

    /// <summary>Publication and promotion: the only worker with the publisher's key.</summary>
    public const string Publish = "publish";
}
