using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Runs;
using Lifecycle.Storage;

namespace Lifecycle.Worker.Stages;

/// <summary>Second line: what the stages are composed of. Secrets come this way, and not by arguments that others can list.</summary>
internal sealed record StageSetup(StagePlaces Places, BlobStoreOptions Blobs, StageLimits Limits);

/// <summary>What a child says, one line each: first that it is ready, then of each of its stages how far it is and how it ended.</summary>
internal sealed record StageReport
{
    /// <summary>Whether the system keeps it to its files; on the first line alone.</summary>
    public bool? IsConfined { get; init; }

    /// <summary>How far the stage is.</summary>
    public string? Progress { get; init; }

    /// <summary>The result.</summary>
    public StageAnswer? Answer { get; init; }

    /// <summary>The failure.</summary>
    public StageFailure? Failure { get; init; }
}

/// <summary>A result on its way to the engine; it may be null.</summary>
internal sealed record StageAnswer(JsonElement Value);

/// <summary>A failure on its way from the child to the engine.</summary>
/// <param name="Type">Type, as the engine shows it.</param>
/// <param name="Message">Why, cut.</param>
/// <param name="NonRetryable">Whether a retry is of no use.</param>
internal sealed record StageFailure(string Type, string Message, bool NonRetryable);
