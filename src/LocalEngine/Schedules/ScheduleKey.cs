namespace Lifecycle.LocalEngine.Schedules;

/// <summary>What names a schedule.</summary>
internal readonly record struct ScheduleKey(string Namespace, string ScheduleId);
