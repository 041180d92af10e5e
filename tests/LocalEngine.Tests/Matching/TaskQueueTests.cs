using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;

namespace Lifecycle.LocalEngine.Tests.Matching;

public sealed class TaskQueueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Poller_SentAway_IsPassedOver()
    {
        var queue = new TaskQueue();
        var gone = new Poller("gone", "");
        var waiting = new Poller("waiting", "");
        queue.Pollers.AddLast(gone);
        queue.Pollers.AddLast(waiting);
        gone.Complete(null);

        Assert.Same(waiting, queue.TakePoller());
        Assert.Null(queue.TakePoller());
    }

    [Fact]
    public void Queue_IsAttendedWhileSomeonePolledInTheLastTenSeconds()
    {
        var queue = new TaskQueue();
        Assert.False(queue.IsAttended(Noon));

        queue.Saw(new Poller("worker", ""), Noon);

        Assert.True(queue.IsAttended(Noon.AddSeconds(9)));
        Assert.False(queue.IsAttended(Noon.AddSeconds(10)));
    }

    [Fact]
    public void Token_WrittenAndRead_IsTheSame()
    {
        var token = new TaskToken(TaskKind.Activity, RunKey: long.MaxValue, Number: 7, Attempt: 3);

        Assert.Equal(token, TaskToken.Parse(token.ToByteString(), TaskKind.Activity));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQ==")]
    [InlineData("AgAAAAAAAAABAAAAAAAAAAcAAAAD")]
    public void Token_OfAnotherKindOrLength_IsRefused(string base64) =>
        Assert.Throws<RefusedException>(() => TaskToken.Parse(ByteString.FromBase64(base64), TaskKind.WorkflowTask));
}
