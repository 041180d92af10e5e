using System.Collections.Immutable;

namespace Lifecycle.Domain.Artifacts;

/// <summary>
/// Types of the failures that activities and workflows raise, as Temporal UI and clients show them.
/// These are bad input or a defect that a retry cannot mend, and what ends a stage's child process, which is tried once more. Errors
/// of the outside are retried for as long as the run lives, and anything else ten times.
/// </summary>
public static class FailureTypes
{
    /// <summary>The model definition is missing, malformed or inconsistent.</summary>
    public const string InvalidModelDefinition = nameof(InvalidModelDefinition);

    /// <summary>What was asked for cannot be done: the request names nothing that there is, or contradicts itself or what was asked before.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>Nothing is live on the ReleaseChannel that was asked for.</summary>
    public const string NothingLive = nameof(NothingLive);

    /// <summary>Input data is missing, truncated or not what the model definition says.</summary>
    public const string InvalidData = nameof(InvalidData);

    /// <summary>An artifact's bytes do not match its digest.</summary>
    public const string ArtifactCorrupted = nameof(ArtifactCorrupted);

    /// <summary>The exported graph does not reproduce the trained model.</summary>
    public const string ParityBroken = nameof(ParityBroken);

    /// <summary>A signed decision was refused: wrong key, digest, person or time.</summary>
    public const string DecisionRefused = nameof(DecisionRefused);

    /// <summary>A request was refused: its signature is not its requester's or not over it, or the enrolled engineers cannot approve it.</summary>
    public const string RequestRefused = nameof(RequestRefused);

    /// <summary>The ReleaseChannel moved since the decision was prepared.</summary>
    public const string ChannelMoved = nameof(ChannelMoved);

    /// <summary>A Publication of the same release exists with other bytes.</summary>
    public const string PublicationConflict = nameof(PublicationConflict);

    /// <summary>A ReleaseChannel may not go back as asked: no such version, or its Publication does not verify.</summary>
    public const string RollbackRefused = nameof(RollbackRefused);

    /// <summary>A stage needed more memory than its child process may have. Retried once.</summary>
    public const string MemoryExceeded = nameof(MemoryExceeded);

    /// <summary>The child process of a stage ended by a signal, or without an answer. Retried once.</summary>
    public const string StageCrashed = nameof(StageCrashed);

    /// <summary>A stage took longer than it may. Retried once.</summary>
    public const string DeadlineExceeded = nameof(DeadlineExceeded);

    /// <summary>A defect of ours: an exception that the same input makes again. The message names the exception; report it.</summary>
    public const string Defect = nameof(Defect);

    /// <summary>An exception of unknown nature, ten attempts in a row.</summary>
    public const string Unexplained = nameof(Unexplained);

    /// <summary>Something outside of a stage's child process was away, busy or full. Retried for as long as the run lives.</summary>
    public const string Outside = nameof(Outside);

    /// <summary>The types that no policy retries.</summary>
    public static ImmutableArray<string> NotRetried { get; } =
    [
        InvalidModelDefinition, InvalidRequest, NothingLive, InvalidData, ArtifactCorrupted, ParityBroken, DecisionRefused, RequestRefused, ChannelMoved,
        PublicationConflict, RollbackRefused, Defect, Unexplained,
    ];
}
