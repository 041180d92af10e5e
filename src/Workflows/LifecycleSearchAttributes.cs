using Temporalio.Common;

namespace Lifecycle.Workflows;

/// <summary>Search attributes by which runs are found in Temporal UI and with <c>temporal workflow list</c>. All are keywords.</summary>
public static class LifecycleSearchAttributes
{
    /// <summary>Name of the model.</summary>
    public static SearchAttributeKey<string> Model { get; } = SearchAttributeKey.CreateKeyword("LifecycleModel");

    /// <summary>The stage in work, or the last one.</summary>
    public static SearchAttributeKey<string> Stage { get; } = SearchAttributeKey.CreateKeyword("LifecycleStage");

    /// <summary>Kind of the first trigger.</summary>
    public static SearchAttributeKey<string> Trigger { get; } = SearchAttributeKey.CreateKeyword("LifecycleTrigger");

    /// <summary>The run's outcome, once it has one.</summary>
    public static SearchAttributeKey<string> Verdict { get; } = SearchAttributeKey.CreateKeyword("LifecycleVerdict");

    /// <summary>The names of all of them, for registration.</summary>
    public static IReadOnlyList<string> Names { get; } = [Model.Name, Stage.Name, Trigger.Name, Verdict.Name];
}
