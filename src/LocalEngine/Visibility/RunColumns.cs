using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Visibility;

/// <summary>Where the search attributes of a run lie in the table of runs.</summary>
internal static class RunColumns
{
    /// <summary>Stands for the close time of an open run, so that open runs come first.</summary>
    public const string NotClosed = "9223372036854775807";

    private const int NanosecondsPerUnit = 100;

    public static AttributeColumns In(NamespaceRegistry namespaces, string @namespace) => name => name switch
    {
        "WorkflowId" => new("workflow_id", IndexedValueType.Keyword),
        "RunId" => new("run_id", IndexedValueType.Keyword),
        "WorkflowType" => new("workflow_type", IndexedValueType.Keyword),
        "TaskQueue" => new("task_queue", IndexedValueType.Keyword),
        "ExecutionStatus" => new("status", IndexedValueType.Keyword) { Meaning = AttributeMeaning.ExecutionStatus },
        "StartTime" => new("start_time", IndexedValueType.Datetime),
        "ExecutionTime" => new("execution_time", IndexedValueType.Datetime),
        "CloseTime" => new("close_time", IndexedValueType.Datetime) { SqlWhenAbsent = NotClosed },
        "ExecutionDuration" => new($"((close_time - execution_time) * {NanosecondsPerUnit})", IndexedValueType.Int) { Meaning = AttributeMeaning.Duration },
        "HistoryLength" => new("history_length", IndexedValueType.Int),
        "HistorySizeBytes" => new("history_bytes", IndexedValueType.Int),
        "StateTransitionCount" => new("transition_count", IndexedValueType.Int),
        "ParentWorkflowId" => new("parent_workflow_id", IndexedValueType.Keyword),
        "ParentRunId" => new("parent_run_id", IndexedValueType.Keyword),
        "RootWorkflowId" => new("root_workflow_id", IndexedValueType.Keyword),
        "RootRunId" => new("root_run_id", IndexedValueType.Keyword),
        _ => namespaces.TypeOf(@namespace, name) is { } type ? AttributeColumn.JsonMember("search_values", name, type) : null,
    };
}
