namespace Lifecycle.Worker.Stages;

/// <summary>What a child tells of one stage, whole lines from any thread: progress until the end, and nothing after it.</summary>
/// <param name="output">The line to the worker.</param>
internal sealed class Telling(Stream output)
{
    private readonly Lock gate = new();
    private bool isOver;

    /// <summary>How far the stage is.</summary>
    public void Tell(string progress)
    {
        lock (gate)
        {
            if (!isOver)
            {
                output.Write(StageReports.Format(new StageReport { Progress = progress }));
            }
        }
    }

    /// <summary>How it ended.</summary>
    public void End(StageReport report)
    {
        lock (gate)
        {
            isOver = true;
            output.Write(StageReports.Format(report));
        }
    }
}
