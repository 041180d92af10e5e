namespace Lifecycle.LocalEngine.Timers;

/// <summary>
/// Who is to be woken when. A key has one time; setting another replaces it. Old entries stay in the heap until they
/// surface, and are told apart from the valid one by their time.
/// </summary>
internal sealed class DueQueue<TKey>
    where TKey : notnull
{
    private readonly PriorityQueue<TKey, DateTimeOffset> heap = new();
    private readonly Dictionary<TKey, DateTimeOffset> valid = [];

    /// <summary>The earliest time of any key; null where nobody waits.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            while (heap.TryPeek(out var key, out var due))
            {
                if (valid.TryGetValue(key, out var current) && current == due)
                {
                    return due;
                }

                heap.Dequeue();
            }

            return null;
        }
    }

    public void Set(TKey key, DateTimeOffset? due)
    {
        if (due is not { } time)
        {
            valid.Remove(key);
        }
        else if (!valid.TryGetValue(key, out var current) || current != time)
        {
            valid[key] = time;
            heap.Enqueue(key, time);
        }
    }

    /// <summary>Takes a key whose time has come; false where there is none.</summary>
    public bool TryTake(DateTimeOffset now, out TKey key)
    {
        key = default!;
        if (Next is not { } due || due > now)
        {
            return false;
        }

        key = heap.Dequeue();
        valid.Remove(key);
        return true;
    }

    public void Clear()
    {
        heap.Clear();
        valid.Clear();
    }
}
