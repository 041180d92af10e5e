using System.Globalization;
using Lifecycle.Domain.Scoring;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Scoring;

/// <summary>
/// A batch scoring of a schedule. A schedule's input is the same each time, and a batch of the same key is the same batch:
/// so this workflow makes each time's key of the request's and the time, and runs the batch as its child.
/// </summary>
[Workflow]
public sealed class ScheduledScoringWorkflow
{
    private static readonly SearchAttributeKey<DateTimeOffset> ScheduledTime =
        SearchAttributeKey.CreateDateTimeOffset("TemporalScheduledStartTime");

    /// <summary>Runs the batch of this time.</summary>
    [WorkflowRun]
    public Task<ScoringState> RunAsync(ScoringRequest request)
    {
        DateTimeOffset time = Workflow.TypedSearchAttributes.TryGetValue(ScheduledTime, out DateTimeOffset scheduled) ? scheduled : Workflow.UtcNow;
        string key = string.Create(CultureInfo.InvariantCulture, $"{request.Key}-{time.UtcDateTime:yyyyMMdd't'HHmmss'z'}");
        ScoringRequest batch = request with { Key = key };
        return Workflow.ExecuteChildWorkflowAsync(
            (BatchScoringWorkflow workflow) => workflow.RunAsync(batch),
            new() { Id = WorkflowIds.Scoring(request.Model, key), StaticSummary = $"batch {key} of {request.Model}" });
    }
}
