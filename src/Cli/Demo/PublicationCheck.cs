using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Demo;

/// <summary>What every story ends with: a Publication is verified by another process, and refused after one flipped byte.</summary>
public static class PublicationCheck
{
    /// <summary>Verifies a publication both ways; <paramref name="expect"/> is told each promise, whether it held, and what was seen.</summary>
    public static async Task RunAsync(
        HomeFolder home, DemoRun published, Action<string, bool, string> expect, Action<string> tell, CancellationToken cancellation)
    {
        if (published.PublicationFolder is not { } folder)
        {
            expect("the publication verifies", false, "there is no publication");
            return;
        }

        tell("verifying the publication in a process of its own");
        SeparateRun good = await SeparateRun.RunAsync(home, ["verify", folder], cancellation);
        expect("a separate process verifies the publication", good.ExitCode == ExitCodes.Success, good.LastLine);
        using FlippedCopy flipped = FlippedCopy.Of(folder, "model.onnx");
        SeparateRun bad = await SeparateRun.RunAsync(home, ["verify", flipped.Folder], cancellation);
        expect("after one flipped byte it refuses", bad.ExitCode == ExitCodes.Negative, bad.LastLine);
    }
}
