namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A schedule that cannot be kept. The message is the one the official server gives for the same mistake; the frontend
/// answers it as INVALID_ARGUMENT.
/// </summary>
public sealed class InvalidScheduleException(string message) : Exception(message)
{
    internal static InvalidScheduleException Spec(string detail) => new($"Invalid schedule spec: {detail}");
}
