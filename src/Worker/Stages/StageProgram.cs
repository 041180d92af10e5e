using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Storage;
using Lifecycle.Worker.Stages.Confinement;
using Temporalio.Exceptions;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// The program of a child: confines itself, composes the stages, and runs them one after another as the worker asks. Its
/// standard input is the line to the worker: when that closes, the worker is gone, and so is the child.
/// </summary>
internal static class StageProgram
{
    /// <summary>The argument that makes the worker's program a child.</summary>
    public const string Verb = "stage";

    private const string Confined = "confined";
    private const int HighestOutOfMemoryScore = 1000;
    private const long MemoryWorthCollecting = 300 << 20;

    private static string ProgramFile => Path.Combine(AppContext.BaseDirectory, "Lifecycle.Worker.dll");

    /// <summary>How a worker starts its child, whichever program the worker is in.</summary>
    public static ProcessStartInfo StartInfo() =>
        new(DotnetHost.Path, [ProgramFile, Verb, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

    /// <summary>Whether the program was started as a child.</summary>
    public static bool IsChild(string[] arguments) => arguments is [Verb, ..];

    /// <summary>Runs as a child; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        int parent = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        Stream input = Console.OpenStandardInput();
        bool confined = arguments is [_, _, Confined];
        if (!confined)
        {
            Begin(parent, FirstLine(input));
        }

        Stream output = StageChannel.Take();
        BoundedLines lines = new(input, StageReports.MaximumBytes);
        StageSetup? setup = await ReadAsync<StageSetup>(lines);
        if (setup is null)
        {
            return 0;
        }

        AzureBlobStore store = AzureBlobStore.Open(setup.Blobs);
        IsolatedStages stages = IsolatedStages.Create(setup.Places, store, setup.Limits, TimeProvider.System);
        await output.WriteAsync(StageReports.Format(new StageReport { IsConfined = confined }));
        Task<StageCall?> calling = ReadAsync<StageCall>(lines);
        _ = Task.Run(() => stages.WarmUpAsync(calling));
        while (await calling is { } call)
        {
            calling = ReadAsync<StageCall>(lines);
            _ = EndWithoutWorkerAsync(calling);
            Telling telling = new(output);
            ProgressReports.Listen(telling.Tell);
            telling.End(await ReportAsync(stages, call));
            GiveBackMemory();
        }

        return 0;
    }

    // Everything here happens before a second thread of ours: what a thread may open is decided thread by thread, and those
    // that the runtime has started already are left behind by starting the program again in this very process.
    private static void Begin(int parent, byte[] line)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        UnixProcess.LeadGroup();
        if (OperatingSystem.IsLinux())
        {
            UnixProcess.EndWith(parent);
            File.WriteAllText("/proc/self/oom_score_adj", HighestOutOfMemoryScore.ToString(CultureInfo.InvariantCulture));
            if (Landlock.IsAvailable)
            {
                StageConfinement confinement = JsonSerializer.Deserialize<StageConfinement>(line, DomainJson.Compact)!;
                Landlock.Restrict(OpenPaths.Of(confinement));
                UnixProcess.Become([DotnetHost.Path, ProgramFile, Verb, parent.ToString(CultureInfo.InvariantCulture), Confined]);
            }
        }
    }

    // Byte by byte: what follows the line is for the program that is started again.
    private static byte[] FirstLine(Stream input)
    {
        List<byte> line = [];
        for (int next = input.ReadByte(); next is not (-1 or '\n'); next = input.ReadByte())
        {
            line.Add((byte)next);
        }

        return [.. line];
    }

    private static async Task<T?> ReadAsync<T>(BoundedLines lines)
        where T : class =>
        await lines.ReadAsync() is { } line ? JsonSerializer.Deserialize<T>(line, DomainJson.Compact) : null;

    // What a stage leaves behind would otherwise count against the next one's bound until the collector is in need by itself.
    private static void GiveBackMemory()
    {
        if (Environment.WorkingSet > MemoryWorthCollecting)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    // In the middle of a stage there is nobody to hear of a failure.
    private static async Task EndWithoutWorkerAsync(Task<StageCall?> calling)
    {
        if (await calling is null)
        {
            StageChannel.EndProcess();
        }
    }

    private static async Task<StageReport> ReportAsync(IsolatedStages stages, StageCall call)
    {
        try
        {
            StageReport report = new() { Answer = new(await stages.RunAsync(call)) };
            int bytes = StageReports.Format(report).Length;
            return bytes <= StageReports.MaximumBytes
                ? report
                : new() { Failure = new(FailureTypes.InvalidData, $"the result of {call.Activity} has {bytes} bytes, and may have {StageReports.MaximumBytes}", NonRetryable: true) };
        }
        catch (Exception failure)
        {
            return new() { Failure = Describe(failure) };
        }
    }

    private static StageFailure Describe(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutOfMemoryException)
            {
                return new(FailureTypes.MemoryExceeded, cause.Message, NonRetryable: false);
            }
        }

        return failure switch
        {
            ApplicationFailureException typed => new(typed.ErrorType ?? nameof(ApplicationFailureException), typed.Message, typed.NonRetryable),
            _ when FailureClasses.Of(failure) == FailureClass.Outside => new(FailureTypes.Outside, failure.Message, NonRetryable: false),
            _ => new(failure.GetType().Name, failure.Message, NonRetryable: false),
        };
    }
}
