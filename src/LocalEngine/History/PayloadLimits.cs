using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// How large payloads may be: the limits of the official server, and what it does about more. A caller is refused; what a worker hands in
/// instead of a result becomes a failure that is not retried.
/// </summary>
internal static class PayloadLimits
{
    /// <summary>The most bytes of one message on the wire.</summary>
    public const int MessageBytes = 4 << 20;

    /// <summary>The most bytes of the payloads of one field, as encoded.</summary>
    public const int BlobBytes = 2 << 20;

    /// <summary>The most bytes of a memo, as encoded.</summary>
    public const int MemoBytes = 2 << 20;

    public const string BlobProblem = "Blob data size exceeds limit.";
    private const string MemoProblem = "Memo size exceeds limit.";

    public static bool IsOver(IMessage? blob) => blob?.CalculateSize() > BlobBytes;

    /// <summary>What is wrong with the input and memo of a start; null when nothing is.</summary>
    public static string? Problem(Payloads? input, Memo? memo) => IsOver(input) ? BlobProblem : memo?.CalculateSize() > MemoBytes ? MemoProblem : null;

    /// <exception cref="RefusedException">It is too large.</exception>
    public static void Require(IMessage? blob)
    {
        if (IsOver(blob))
        {
            throw RefusedException.Invalid(BlobProblem);
        }
    }

    /// <summary>The failure of an activity whose worker handed in too much; null where it did not.</summary>
    public static Failure? Result(Payloads? result) => Over(result, "Complete result exceeds size limit.");

    /// <inheritdoc cref="Result"/>
    public static Failure? Details(Payloads? details) => Over(details, "Cancel details exceed size limit.");

    /// <inheritdoc cref="Result"/>
    public static Failure? Heartbeat(Payloads? details) => Over(details, "Heartbeat details exceed size limit.");

    /// <inheritdoc cref="Result"/>
    public static Failure? Failure(Failure? failure) => Over(failure, "Failure exceeds size limit.");

    /// <summary>The answer to a query, which is a failure where its result is too large.</summary>
    public static WorkflowQueryResult Answer(WorkflowQueryResult answer) => IsOver(answer.Answer)
        ? new() { ResultType = QueryResultType.Failed, ErrorMessage = BlobProblem }
        : answer;

    private static Failure? Over(IMessage? blob, string message) =>
        IsOver(blob) ? new() { Message = message, ServerFailureInfo = new() { NonRetryable = true } } : null;
}
