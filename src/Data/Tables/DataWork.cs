using DuckDB.NET.Data;

namespace Lifecycle.Data.Tables;

/// <summary>A piece of work on data: puts a deadline round it and turns the database's complaints into errors about the input.</summary>
/// <param name="noun">What is being done, for messages, such as <c>taking snapshot 2020-05</c>.</param>
/// <param name="limits">The deadline.</param>
internal sealed class DataWork(string noun, DataLimits limits)
{
    /// <summary>Runs work that blocks, with the token that stops it at the deadline or when the caller wishes.</summary>
    /// <exception cref="DataDeadlineException">The deadline passed.</exception>
    /// <exception cref="InvalidDataSourceException">The database could not read the input or run the SQL.</exception>
    public T Run<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = Deadline(cancellation);
        try
        {
            return work(deadline.Token);
        }
        catch (Exception exception) when (Translate(exception, cancellation) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Runs work that waits; otherwise like <see cref="Run{T}"/>.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = Deadline(cancellation);
        try
        {
            return await work(deadline.Token);
        }
        catch (Exception exception) when (Translate(exception, cancellation) is { } translated)
        {
            throw translated;
        }
    }

    private CancellationTokenSource Deadline(CancellationToken cancellation)
    {
        CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limits.Deadline);
        return deadline;
    }

    private Exception? Translate(Exception exception, CancellationToken cancellation) => exception switch
    {
        OperationCanceledException when !cancellation.IsCancellationRequested => new DataDeadlineException(noun, limits.Deadline, exception),
        DuckDBException => new InvalidDataSourceException($"{noun} failed: {exception.Message.ReplaceLineEndings(" ").Trim()}", exception),
        _ => null,
    };
}
