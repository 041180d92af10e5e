using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Whether a failed attempt of a workflow or an activity is followed by another, and when.</summary>
internal static class RetryPolicies
{
    private const double DefaultBackoffCoefficient = 2;
    private const int DefaultMaximumIntervalFactor = 100;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMicroseconds(long.MaxValue / 1_000);
    private static readonly TimeSpan DefaultInitialInterval = TimeSpan.FromSeconds(1);

    /// <summary>The policy with every default filled in, as it is written into a scheduled event.</summary>
    public static RetryPolicy Complete(RetryPolicy? requested)
    {
        var policy = requested?.Clone() ?? new RetryPolicy();
        if (!policy.InitialInterval.IsPositive())
        {
            policy.InitialInterval = DefaultInitialInterval.ToDuration();
        }

        if (policy.BackoffCoefficient == 0)
        {
            policy.BackoffCoefficient = DefaultBackoffCoefficient;
        }

        if (!policy.MaximumInterval.IsPositive())
        {
            policy.MaximumInterval = (policy.InitialInterval.ToTimeSpan() * DefaultMaximumIntervalFactor).ToDuration();
        }

        return policy;
    }

    /// <summary>Why a policy cannot be followed; null where it can.</summary>
    public static string? Problem(RetryPolicy? policy) => (policy?.InitialInterval?.ToTimeSpan(), policy?.MaximumInterval?.ToTimeSpan()) switch
    {
        ({ } initial, _) when initial < TimeSpan.Zero => "InitialInterval cannot be negative on retry policy.",
        (_, { } maximum) when maximum < TimeSpan.Zero => "MaximumInterval cannot be negative on retry policy.",
        ({ } initial, null) when initial > LongestInterval / DefaultMaximumIntervalFactor => "MaximumInterval cannot be less than InitialInterval on retry policy.",
        _ => null,
    };

    /// <summary>
    /// The delay before the next attempt with <see cref="RetryState.InProgress"/>, or the reason why there is none.
    /// A next attempt that would begin after <paramref name="deadline"/> is not made.
    /// </summary>
    public static (RetryState State, TimeSpan Delay) Decide(
        RetryPolicy policy,
        int attempt,
        Failure failure,
        DateTimeOffset now,
        DateTimeOffset? deadline)
    {
        if (!IsRetryable(policy, failure))
        {
            return (RetryState.NonRetryableFailure, TimeSpan.Zero);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return (RetryState.MaximumAttemptsReached, TimeSpan.Zero);
        }

        var delay = Delay(policy, attempt, failure);
        return deadline is { } limit && ProtocolTime.Saturating(now, delay) > limit
            ? (RetryState.Timeout, TimeSpan.Zero)
            : (RetryState.InProgress, delay);
    }

    private static bool IsRetryable(RetryPolicy policy, Failure failure) => failure.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.ApplicationFailureInfo =>
            !failure.ApplicationFailureInfo.NonRetryable && !policy.NonRetryableErrorTypes.Contains(failure.ApplicationFailureInfo.Type),
        Failure.FailureInfoOneofCase.TimeoutFailureInfo =>
            failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
            && !policy.NonRetryableErrorTypes.Contains("TemporalTimeout:" + failure.TimeoutFailureInfo.TimeoutType),
        Failure.FailureInfoOneofCase.CanceledFailureInfo or Failure.FailureInfoOneofCase.TerminatedFailureInfo => false,
        Failure.FailureInfoOneofCase.ServerFailureInfo => !failure.ServerFailureInfo.NonRetryable,
        _ => true,
    };

    private static TimeSpan Delay(RetryPolicy requested, int attempt, Failure failure)
    {
        if (failure.ApplicationFailureInfo?.NextRetryDelay is { } chosen && chosen.IsPositive())
        {
            return chosen.ToTimeSpan();
        }

        var policy = Complete(requested);
        var seconds = policy.InitialInterval.ToTimeSpan().TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, policy.MaximumInterval.ToTimeSpan().TotalSeconds));
    }
}
