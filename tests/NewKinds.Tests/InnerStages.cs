using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;

namespace Lifecycle.NewKinds.Tests;

/// <summary>Runs the stages in this process, which is the one that knows the new kinds.</summary>
internal sealed class InnerStages(IsolatedStages stages) : IStageProcesses
{
    public Task<JsonElement> RunAsync(StageCall call, Action<string> progress, CancellationToken cancellation) => stages.RunAsync(call);
}
