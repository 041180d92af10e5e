using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Loop;

/// <summary>Something to be done in a transaction. Whoever asked hears of it after the commit, result and refusal alike.</summary>
internal abstract class Work
{
    /// <summary>What is said when the disk did not take the transaction.</summary>
    public static RefusedException StorageRefusal(Exception cause) => RefusedException.Exhausted(
        ResourceExhaustedCause.PersistenceStorageLimit,
        $"The engine could not store this request: {cause.Message} What it acknowledged before is kept. Free space on the disk of its home; it goes on by itself.");

    /// <summary>What is said when the engine itself is wrong.</summary>
    public static RefusedException DefectRefusal(Exception cause) => new(
        Grpc.Core.StatusCode.Internal,
        $"The engine met a defect and changed nothing: {cause.GetType().Name}: {cause.Message} Its home has the details in {DefectLog.FileName}.");

    public abstract void Execute(Turn turn);

    /// <summary>It was not done, for a reason outside it.</summary>
    public abstract void Fail(Exception cause);
}

/// <summary>Work with a result. A defect met before it changed anything harms no other work of the transaction.</summary>
internal sealed class Work<T>(Func<Turn, T> work) : Work
{
    private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => result.Task;

    public override void Execute(Turn turn)
    {
        var changesBefore = turn.ChangeCount;
        try
        {
            var value = work(turn);
            turn.AfterCommit(() => result.TrySetResult(value));
        }
        catch (RefusedException refusal)
        {
            turn.AfterCommit(() => result.TrySetException(refusal));
        }
        catch (Exception defect) when (turn.ChangeCount == changesBefore)
        {
            turn.Report(defect);
            result.TrySetException(DefectRefusal(defect));
        }
    }

    public override void Fail(Exception cause) => result.TrySetException(cause);
}
