namespace Lifecycle.Serving.Logging;

/// <summary>What is handed to the logger's own thread: a row, a wish to upload at once, or, with neither, a tick of the clock.</summary>
/// <param name="Row">The row.</param>
/// <param name="Done">Told when the row is as safe as was promised; null where nobody waits.</param>
/// <param name="Flush">Whether the part is to be closed now.</param>
internal readonly record struct LogEntry(ServedPrediction? Row, TaskCompletionSource<LogOutcome>? Done, bool Flush);
