using System.Text.Json;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Lifecycle.Workflows;

/// <summary>
/// How exceptions become Temporal failures: as the SDK's own, but for the input of an activity that is no input. The same JSON is
/// refused by every attempt, and the SDK would have it retried for ever.
/// </summary>
internal sealed class DomainFailureConverter : DefaultFailureConverter
{
    /// <inheritdoc/>
    public override Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        Failure failure = base.ToFailure(exception, payloadConverter);
        if (exception is ApplicationFailureException { ErrorType: null, InnerException: JsonException refused })
        {
            failure.Message = $"{failure.Message}: {refused.Message}";
            failure.ApplicationFailureInfo.Type = nameof(JsonException);
            failure.ApplicationFailureInfo.NonRetryable = true;
        }

        return failure;
    }
}
