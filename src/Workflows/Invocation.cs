using Temporalio.Workflows;

namespace Lifecycle.Workflows;

/// <summary>How records name the workflow that made them.</summary>
internal static class Invocation
{
    /// <summary>The running workflow, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public static string Id
    {
        get
        {
            WorkflowInfo info = Workflow.Info;
            return $"temporal://{info.Namespace}/{info.WorkflowId}/{info.FirstExecutionRunId}";
        }
    }
}
