using Google.Protobuf;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Long polls of workers: a minute at most, then an empty answer and the worker comes again.</summary>
internal sealed class TaskPolls(Engine engine)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Waits for a task; null where none came.</summary>
    /// <exception cref="RefusedException">There is no such namespace, or the request names no task queue.</exception>
    public async Task<IMessage?> PollAsync(TaskQueueId queue, Poller poller, ServerCallContext call)
    {
        engine.Namespaces.Require(queue.Namespace);
        if (queue.Name.Length == 0)
        {
            throw RefusedException.Invalid("TaskQueue is not set on request.");
        }

        await BeginAsync(queue, poller);
        if (poller.Answer.IsCompleted)
        {
            return await poller.Answer;
        }

        using var window = new CancellationTokenSource(call.Within(Window, engine.Time), engine.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(window.Token, call.CancellationToken);
        using var withdrawal = over.Token.Register(() => _ = engine.RunAsync(turn =>
        {
            engine.Dispatcher.Withdraw(queue, poller, turn.Now);
            return true;
        }));
        return await poller.Answer;
    }

    private async Task BeginAsync(TaskQueueId queue, Poller poller)
    {
        try
        {
            await engine.RunAsync(turn =>
            {
                engine.Dispatcher.Poll(turn, queue, poller);
                return true;
            });
        }
        catch
        {
            // It may stand in the queue although the transaction failed: nobody is there to take what it gets.
            poller.Complete(null);
            throw;
        }
    }
}
