using System.Diagnostics;
using System.Globalization;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;

// Logs rows, prints the id of each that was acknowledged, and kills itself with SIGKILL at a step: the KillTests' victim.
// Arguments: blob folder, journal folder, sync, rows to log, prefix of the ids, step to die at (or None), and at which time.
string[] arguments = args;
int passes = 0;
PredictionLoggerOptions options = new()
{
    Model = "mail",
    JournalFolder = arguments[1],
    Sync = Enum.Parse<JournalSync>(arguments[2]),
    PartRows = 8,
};
int rows = int.Parse(arguments[3], CultureInfo.InvariantCulture);
await using PredictionLogger logger = PredictionLogger.Open(options, new FolderBlobStore(arguments[0]), TimeProvider.System, Pass);
for (int i = 0; i < rows; i++)
{
    string id = $"{arguments[4]}{i}";
    LogOutcome outcome = await logger.LogAsync(new ServedPrediction
    {
        RequestId = id,
        Time = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(i),
        Input = $"{id}.example",
        Prediction = 0.5f,
    });
    if (outcome == LogOutcome.Logged)
    {
        await Console.Out.WriteLineAsync(id);
        await Console.Out.FlushAsync();
    }
}

await logger.FlushAsync();
return;

void Pass(LogStep step)
{
    if (step.ToString() == arguments[5] && Interlocked.Increment(ref passes) == int.Parse(arguments[6], CultureInfo.InvariantCulture))
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
