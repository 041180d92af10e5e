using System.Collections.Concurrent;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// Connections that read what was committed, without waiting for the thread that writes. There are as many as reads ever
/// ran at once.
/// </summary>
internal sealed class ReadPool(EngineDatabase database) : IDisposable
{
    private readonly ConcurrentBag<ReadStatements> idle = [];
    private readonly ConcurrentBag<ReadStatements> all = [];

    public T Read<T>(Func<ReadStatements, T> read)
    {
        if (!idle.TryTake(out var statements))
        {
            statements = new ReadStatements(database.OpenReader());
            all.Add(statements);
        }

        try
        {
            return read(statements);
        }
        finally
        {
            idle.Add(statements);
        }
    }

    public void Dispose()
    {
        foreach (var statements in all)
        {
            statements.Connection.Dispose();
        }
    }
}
