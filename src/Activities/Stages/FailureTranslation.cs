using System.Globalization;
using Lifecycle.Data;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Files;
using Lifecycle.OnnxModels.References;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Rollback;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Training.Trainers;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// Where exceptions of the libraries become failures with a type: bad input and defects that a retry cannot mend. What comes from
/// outside stays as it is, and is retried for as long as the run lives; anything else is retried ten times.
/// </summary>
internal static class FailureTranslation
{
    /// <summary>The typed failure; null when a retry may mend it.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="attempt">Which attempt threw it, counted from 1.</param>
    public static ApplicationFailureException? Translate(Exception failure, int attempt)
    {
        // A failure that has its type already, such as that of a stage's child process, says itself whether it is retried.
        if (failure is FailureException)
        {
            return failure is ApplicationFailureException { NonRetryable: false } open && !IsTyped(open) && attempt >= FailureClasses.MaximumAttempts
                ? Unexplained(open.ErrorType ?? nameof(ApplicationFailureException), failure, attempt)
                : null;
        }

        if (failure is WorkflowUpdateFailedException && RefusalIn(failure) is { } refusal)
        {
            return new ApplicationFailureException(refusal.Message, failure, errorType: refusal.ErrorType, nonRetryable: true);
        }

        if (TypeOf(failure) is { } type)
        {
            return new ApplicationFailureException(failure.Message, failure, errorType: type, nonRetryable: true);
        }

        return FailureClasses.Of(failure) switch
        {
            FailureClass.Deterministic => new ApplicationFailureException(
                $"{failure.GetType().Name}: {failure.Message}. This is a defect, which a retry would only make again; report it", failure, errorType: FailureTypes.Defect, nonRetryable: true),
            FailureClass.Unknown when attempt >= FailureClasses.MaximumAttempts => Unexplained(failure.GetType().Name, failure, attempt),
            _ => null,
        };
    }

    private static ApplicationFailureException Unexplained(string kind, Exception failure, int attempt) => new(
        string.Create(CultureInfo.InvariantCulture, $"{kind}: {failure.Message}. Given up after {attempt} attempts; start again once the reason is mended"),
        failure, errorType: FailureTypes.Unexplained, nonRetryable: true);

    // What ends a child process bounds itself; what came from outside of it is named by its exception.
    private static bool IsTyped(ApplicationFailureException failure) => failure.ErrorType is
        FailureTypes.MemoryExceeded or FailureTypes.StageCrashed or FailureTypes.DeadlineExceeded or FailureTypes.Outside;

    // Another workflow refused our update for a reason that asking again cannot mend.
    private static ApplicationFailureException? RefusalIn(Exception failure)
    {
        for (Exception? inner = failure.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is ApplicationFailureException { NonRetryable: true } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static string? TypeOf(Exception failure) => failure switch
    {
        NotServableException { InnerException: not null } => FailureTypes.ArtifactCorrupted,
        NotServableException => FailureTypes.NothingLive,
        ModelDefinitionException => FailureTypes.InvalidModelDefinition,
        InvalidRequestException => FailureTypes.InvalidRequest,
        MalformedEnvelopeException => FailureTypes.ArtifactCorrupted,
        InvalidDataSourceException or UntrainableException or RefusedInputException or InvalidReferenceException or NotRegularFileException => FailureTypes.InvalidData,
        ArtifactCorruptedException or UntrustedVersionException or InvalidOnnxModelException or InvalidDataException => FailureTypes.ArtifactCorrupted,
        ParityBrokenException => FailureTypes.ParityBroken,
        ReleaseNotApprovedException => FailureTypes.DecisionRefused,
        RequestRefusedException => FailureTypes.RequestRefused,
        ChannelMovedException => FailureTypes.ChannelMoved,
        RollbackRefusedException => FailureTypes.RollbackRefused,
        PublicationConflictException or PublicationMissingException or BlobConflictException => FailureTypes.PublicationConflict,
        DataDeadlineException => FailureTypes.DeadlineExceeded,
        _ => null,
    };
}
