namespace Lifecycle.Client.Following;

/// <summary>The lines of a follower: after ten seconds without one, it is time to say what is being waited for.</summary>
/// <param name="tell">Writes a line.</param>
/// <param name="subject">What is followed, as the beginning of such a line.</param>
/// <param name="time">The clock.</param>
public sealed class ToldProgress(Action<string> tell, string subject, TimeProvider time)
{
    /// <summary>How long a follower may say nothing.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>How long the same reason is not said again.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromMinutes(5);

    private long lastLine = time.GetTimestamp();
    private long lastReason = time.GetTimestamp();
    private string? said;

    /// <summary>Whether it is time for a reason.</summary>
    public bool IsSilent => time.GetElapsedTime(lastLine) >= Limit;

    /// <summary>Writes a line of progress: what was waited for is over.</summary>
    public void Tell(string line)
    {
        tell(line);
        said = null;
        lastLine = time.GetTimestamp();
    }

    /// <summary>Writes what is being waited for, unless that was said lately.</summary>
    public void Explain(WaitingReason reason)
    {
        lastLine = time.GetTimestamp();
        if (reason.Kind == said && time.GetElapsedTime(lastReason) < Reminder)
        {
            return;
        }

        tell($"{subject}: {reason.Sentence}");
        (said, lastReason) = (reason.Kind, time.GetTimestamp());
    }
}
