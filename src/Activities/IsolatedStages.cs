using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Domain;
using Lifecycle.Domain.Runs;
using Lifecycle.Storage;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>The isolated activities as a child process runs them: without an engine, and without a key that signs.</summary>
public sealed class IsolatedStages
{
    private readonly ImmutableDictionary<string, ActivityDefinition> activities;
    private readonly StageWarmUp warmUp;

    private IsolatedStages(ImmutableDictionary<string, ActivityDefinition> activities, StageWarmUp warmUp) =>
        (this.activities, this.warmUp) = (activities, warmUp);

    /// <summary>Composes them.</summary>
    public static IsolatedStages Create(StagePlaces places, IBlobStore store, StageLimits limits, TimeProvider time) => new(
        StageActivitySet.DataActivities(places, store, ForData(limits), client: null, time)
            .SelectMany(activity => ActivityDefinition.CreateAll(activity.GetType(), activity))
            .Where(StageForwarding.IsIsolated)
            .ToImmutableDictionary(activity => activity.Name!, StringComparer.Ordinal),
        new StageWarmUp(places.Folders, store, ForData(limits)));

    /// <summary>Their names, as the engine knows them.</summary>
    public IEnumerable<string> Names => activities.Keys;

    /// <summary>Loads and compiles what every stage needs, for as long as none is asked for.</summary>
    public Task WarmUpAsync(Task asked) => warmUp.RunAsync(asked);

    /// <summary>Runs one.</summary>
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException">Its typed failure.</exception>
    public async Task<JsonElement> RunAsync(StageCall call)
    {
        ActivityDefinition activity = activities.GetValueOrDefault(call.Activity)
            ?? throw new InvalidOperationException($"the worker asked for the stage '{call.Activity}', which its child process does not have; both are of one program, build it again");
        StageCaller.Tell(call.Caller);
        object? input = call.Input.Deserialize(activity.ParameterTypes.Single(), DomainJson.Compact);
        return JsonSerializer.SerializeToElement(await activity.InvokeAsync([input]), StageForwarding.ResultOf(activity.MethodInfo!), DomainJson.Compact);
    }

    // The database ends below the process's wall.
    private static DataLimits ForData(StageLimits limits)
    {
        DataLimits usual = new();
        return usual with
        {
            MemoryMegabytes = Math.Min(usual.MemoryMegabytes, limits.MemoryMegabytes / 2),
            Deadline = usual.Deadline < limits.Deadline ? usual.Deadline : limits.Deadline,
        };
    }
}
