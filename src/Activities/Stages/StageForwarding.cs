using System.Reflection;
using System.Text.Json;
using Lifecycle.Domain;
using Temporalio.Activities;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// The worker's half of the isolated activities: one forwarding for all of them, under their own names, so that the engine
/// sees no difference.
/// </summary>
internal static class StageForwarding
{
    /// <summary>An object's activities as a worker registers them.</summary>
    public static IEnumerable<ActivityDefinition> Define(object activity, IStageProcesses processes) => ActivityDefinition
        .CreateAll(activity.GetType(), activity)
        .Select(definition => IsIsolated(definition)
            ? ActivityDefinition.Create(definition.MethodInfo!, arguments => ForwardAsync(definition.MethodInfo!, arguments[0], processes))
            : definition);

    /// <summary>Whether an activity runs in a child process.</summary>
    public static bool IsIsolated(ActivityDefinition definition) => definition.MethodInfo!.IsDefined(typeof(IsolatedAttribute));

    private static Task<object?> ForwardAsync(MethodInfo method, object? input, IStageProcesses processes)
    {
        ActivityInfo activity = ActivityExecutionContext.Current.Info;
        return StageScope.RunAsync(async cancellation =>
        {
            StageCall call = new(activity.ActivityType, JsonSerializer.SerializeToElement(input, method.GetParameters()[0].ParameterType, DomainJson.Compact))
            {
                Attempt = activity.Attempt,
                Caller = StageCaller.Of(activity),
                TimeLimit = activity.StartToCloseTimeout,
            };
            JsonElement answer = await processes.RunAsync(call, ProgressReports.Teller, cancellation);
            return answer.Deserialize(ResultOf(method), DomainJson.Compact);
        });
    }

    internal static Type ResultOf(MethodInfo method) => method.ReturnType.GetGenericArguments()[0];
}
