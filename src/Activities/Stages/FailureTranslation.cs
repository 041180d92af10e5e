using Lifecycle.Data;
using Lifecycle.Definitions;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Runs;
using Lifecycle.OnnxModels.References;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Stores;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;
using Lifecycle.Training.Trainers;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// Where exceptions of the libraries become failures with a type: bad input and defects that a retry cannot mend. Anything
/// else stays as it is, and is retried.
/// </summary>
internal static class FailureTranslation
{
    /// <summary>The typed failure; null when a retry may mend it.</summary>
    public static ApplicationFailureException? Translate(Exception failure)
    {
        if (failure is WorkflowUpdateFailedException && RefusalIn(failure) is { } refusal)
        {
            return new ApplicationFailureException(refusal.Message, failure, errorType: refusal.ErrorType, nonRetryable: true);
        }

        return TypeOf(failure) is { } type
            ? new ApplicationFailureException(failure.Message, failure, errorType: type, nonRetryable: true)
            : null;
    }

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
        ModelDefinitionException or InvalidRequestException or NotServableException => FailureTypes.InvalidModelDefinition,
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
