namespace Lifecycle.Workflows.Scheduling;

/// <summary>Names of schedules and of the workflows they start.</summary>
public static class ScheduleIds
{
    /// <summary>Memo of a schedule that names the model whose definition made it.</summary>
    public const string ModelMemo = "lifecycleModel";

    /// <summary>Memo of a schedule's action that keeps the limit of its actions, of which the engine counts what is left.</summary>
    public const string LimitMemo = "lifecycleLimitedActions";

    /// <summary>Id of a model's schedule.</summary>
    public static string Of(string model, string schedule) => $"{model}/{schedule}";
}
