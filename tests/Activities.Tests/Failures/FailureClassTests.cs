using System.Net.Sockets;
using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Tests.Failures;

/// <summary>Which exceptions are retried, and for how long.</summary>
public sealed class FailureClassTests
{
    public static TheoryData<Exception, FailureClass> Exceptions() => new()
    {
        { new ArgumentException("x"), FailureClass.Deterministic },
        { new ArgumentNullException("x"), FailureClass.Deterministic },
        { new ArgumentOutOfRangeException("x"), FailureClass.Deterministic },
        { new FormatException(), FailureClass.Deterministic },
        { new OverflowException(), FailureClass.Deterministic },
        { new DivideByZeroException(), FailureClass.Deterministic },
        { Reserved<NullReferenceException>(), FailureClass.Deterministic },
        { new InvalidCastException(), FailureClass.Deterministic },
        { Reserved<IndexOutOfRangeException>(), FailureClass.Deterministic },
        { new KeyNotFoundException(), FailureClass.Deterministic },
        { new NotSupportedException(), FailureClass.Deterministic },
        { new System.Text.RegularExpressions.RegexMatchTimeoutException(), FailureClass.Deterministic },
        { new JsonException(), FailureClass.Deterministic },
        { new BlobTooLargeException("b", 2, 1), FailureClass.Deterministic },
        { new UriFormatException(), FailureClass.Deterministic },
        { new InvalidOperationException("outer", new FormatException()), FailureClass.Deterministic },
        { new RpcException(RpcException.StatusCode.InvalidArgument, "x", null), FailureClass.Deterministic },
        { new IOException("no space left on device"), FailureClass.Outside },
        { new EndOfStreamException(), FailureClass.Deterministic },
        { new PathTooLongException(), FailureClass.Deterministic },
        { new SocketException(111), FailureClass.Outside },
        { new HttpRequestException("no route"), FailureClass.Outside },
        { new HttpRequestException("x", null, System.Net.HttpStatusCode.ServiceUnavailable), FailureClass.Outside },
        { new HttpRequestException("x", null, System.Net.HttpStatusCode.TooManyRequests), FailureClass.Outside },
        { new HttpRequestException("x", null, System.Net.HttpStatusCode.RequestTimeout), FailureClass.Outside },
        { new HttpRequestException("x", null, System.Net.HttpStatusCode.NotFound), FailureClass.Unknown },
        { new TimeoutException(), FailureClass.Outside },
        { new TaskCanceledException(), FailureClass.Outside },
        { new StoreUnavailableException("store", "503", new IOException()), FailureClass.Outside },
        { new InvalidKeyException("enrolment.json cannot be read"), FailureClass.Outside },
        { new InvalidOperationException("outer", new SocketException(111)), FailureClass.Outside },
        { new RpcException(RpcException.StatusCode.Unavailable, "x", null), FailureClass.Outside },
        { new RpcException(RpcException.StatusCode.DeadlineExceeded, "x", null), FailureClass.Outside },
        { new RpcException(RpcException.StatusCode.ResourceExhausted, "x", null), FailureClass.Outside },
        { new RpcException(RpcException.StatusCode.NotFound, "x", null), FailureClass.Unknown },
        { new StoreRefusedException("store", "403", new InvalidOperationException("the SDK's own")), FailureClass.Outside },
        { new FileNotFoundException(), FailureClass.Unknown },
        { new DirectoryNotFoundException(), FailureClass.Unknown },
        { new UnauthorizedAccessException(), FailureClass.Unknown },
        { new UnauthorizedAccessException("denied", new IOException()), FailureClass.Unknown },
        { new InvalidOperationException("nobody knows"), FailureClass.Unknown },
        { new InvalidProgramException(), FailureClass.Unknown },
    };

    // Whoever adds a type decides here whether a retry can mend it.
    [Fact]
    public void FailureTypes_ThatAreRetried_AreTheseAlone() => Assert.Equal(
        [FailureTypes.DeadlineExceeded, FailureTypes.MemoryExceeded, FailureTypes.Outside, FailureTypes.StageCrashed],
        typeof(FailureTypes).GetFields().Select(field => (string)field.GetValue(null)!).Except(FailureTypes.NotRetried).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void Exception_OfEveryKind_IsOfItsClass(Exception failure, FailureClass expected) => Assert.Equal(expected, FailureClasses.Of(failure));

    [Theory]
    [InlineData(1, null)]
    [InlineData(9, null)]
    [InlineData(10, FailureTypes.Unexplained)]
    [InlineData(233, FailureTypes.Unexplained)]
    public void UnknownException_IsGivenUpAtTheTenthAttempt(int attempt, string? type)
    {
        ApplicationFailureException? translated = FailureTranslation.Translate(new InvalidOperationException("nobody knows"), attempt);
        Assert.Equal((type, type is not null), (translated?.ErrorType, translated?.NonRetryable ?? false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100_000)]
    public void ErrorOfTheOutside_IsNeverGivenUp(int attempt)
    {
        Assert.Null(FailureTranslation.Translate(new StoreUnavailableException("store", "503", new IOException()), attempt));
        Assert.Null(FailureTranslation.Translate(new ApplicationFailureException("503", errorType: FailureTypes.Outside), attempt));
    }

    [Fact]
    public void DeterministicException_IsADefectThatNamesItselfAndIsNotRetried()
    {
        ApplicationFailureException translated = FailureTranslation.Translate(new FormatException("'1.2.3' is no number"), attempt: 1)!;
        Assert.Equal((FailureTypes.Defect, true), (translated.ErrorType, translated.NonRetryable));
        Assert.Contains("FormatException: '1.2.3' is no number", translated.Message, StringComparison.Ordinal);
        Assert.Contains(FailureTypes.Defect, FailureTypes.NotRetried);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(20, true)]
    [InlineData(100, true)]
    [InlineData(250, false)]
    [InlineData(5000, true)]
    public void Attempt_IsToldOf_EverMoreRarely(int attempt, bool isTold) => Assert.Equal(isTold, RetryNotices.IsTold(attempt));

    // The runtime throws these; nobody else may write new for them.
    private static T Reserved<T>()
        where T : Exception, new() => Activator.CreateInstance<T>();
}
