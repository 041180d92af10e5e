using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Runs;
using Temporalio.Exceptions;

namespace Lifecycle.Worker.Stages;

/// <summary>Why the worker ended a child.</summary>
internal enum StageKill
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The run was cancelled or is gone, or the worker stops.</summary>
    Cancelled,

    /// <summary>It was above its memory.</summary>
    Memory,

    /// <summary>It was over its time.</summary>
    Deadline,
}

/// <summary>How a stage ended in its child, and what the engine is told of it.</summary>
internal sealed record StageEnd
{
    private const int MaximumMessage = 3500;
    private const int SignalBase = 128;
    private const int Sigkill = 9;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [Sigkill] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM", [24] = "SIGXCPU", [31] = "SIGSYS",
    };

    /// <summary>The result; null when there is none, and the child has ended.</summary>
    public StageAnswer? Answer { get; init; }

    /// <summary>The child's own failure; null when it reported none.</summary>
    public StageFailure? Failure { get; init; }

    /// <summary>Why the worker ended it.</summary>
    public StageKill Kill { get; init; }

    /// <summary>How it exited.</summary>
    public int ExitCode { get; init; }

    /// <summary>Most memory that it was seen to have, in bytes.</summary>
    public long Peak { get; init; }

    /// <summary>Its last words.</summary>
    public string Words { get; init; } = "";

    /// <summary>
    /// The failure for the engine. What ends a process is retried once, since a neighbour or a fault that passes may have been
    /// the reason; an attempt that follows another is the last.
    /// </summary>
    public ApplicationFailureException ToFailure(StageCall call, StageLimits limits)
    {
        StageFailure failure = Describe(call, limits);
        bool ended = failure.Type is FailureTypes.MemoryExceeded or FailureTypes.StageCrashed or FailureTypes.DeadlineExceeded;
        string message = failure.Message.Length > MaximumMessage ? $"{failure.Message[..MaximumMessage]}..." : failure.Message;
        return new ApplicationFailureException(message, errorType: failure.Type, nonRetryable: ended ? call.Attempt > 1 : failure.NonRetryable);
    }

    private StageFailure Describe(StageCall call, StageLimits limits)
    {
        string memory = string.Create(CultureInfo.InvariantCulture, $"its peak was {Peak >> 20} MB of the {limits.MemoryMegabytes} MB that a stage may have");
        const string more = "look for a statement, or for data, that makes it grow, or raise LIFECYCLE_STAGE_MEMORY_MB";
        return (Kill, Failure) switch
        {
            (StageKill.Memory, _) => Ended(FailureTypes.MemoryExceeded, $"{call.Activity} was stopped because it needed too much memory: {memory}; {more}"),
            (StageKill.Deadline, _) => Ended(
                FailureTypes.DeadlineExceeded,
                string.Create(CultureInfo.InvariantCulture, $"{call.Activity} was stopped because it did not end within {StageDeadline.Of(call, limits).TotalSeconds:0} s; {memory}; look for a statement without end, or raise LIFECYCLE_STAGE_SECONDS")),
            (_, { Type: FailureTypes.MemoryExceeded } failure) => Ended(FailureTypes.MemoryExceeded, $"{call.Activity} ran out of memory ({failure.Message}): {memory}; {more}"),
            (_, { Type: FailureTypes.DeadlineExceeded } failure) => Ended(FailureTypes.DeadlineExceeded, $"{failure.Message}; {memory}"),
            (_, { } failure) => failure,
            _ when ExitCode == SignalBase + Sigkill => Ended(
                FailureTypes.MemoryExceeded, $"{call.Activity} was killed from outside (exit 137, SIGKILL), as the system does when memory runs out: {memory}; give the machine more memory, or stages less"),
            _ => Ended(FailureTypes.StageCrashed, $"{call.Activity} ended by {HowItEnded()} and without an answer; {memory}{Said()}"),
        };
    }

    private static StageFailure Ended(string type, string message) => new(type, message, NonRetryable: false);

    private string HowItEnded() => Signals.TryGetValue(ExitCode - SignalBase, out string? name)
        ? name
        : string.Create(CultureInfo.InvariantCulture, $"itself with exit code {ExitCode}");

    private string Said() => Words.Length == 0 ? "" : $"; it last said: {Words}";
}

/// <summary>How long a stage may take.</summary>
internal static class StageDeadline
{
    private const double ShareOfTheEngines = 0.95;

    /// <summary>The worker's deadline, or a little less than the engine's: whoever is waited for should say why it ended.</summary>
    public static TimeSpan Of(StageCall call, StageLimits limits) =>
        call.TimeLimit is { } engines && engines > TimeSpan.Zero && engines * ShareOfTheEngines < limits.Deadline ? engines * ShareOfTheEngines : limits.Deadline;
}
