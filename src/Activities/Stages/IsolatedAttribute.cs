namespace Lifecycle.Activities.Stages;

/// <summary>
/// Marks an activity that opens data or models: whatever runs in DuckDB, ONNX Runtime or LightGBM. A worker forwards it to a
/// child process (docs/adr/0016-stages-in-child-processes.md), so that what the data does to a native library ends no worker.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IsolatedAttribute : Attribute;
