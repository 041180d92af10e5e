using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Output;
using Lifecycle.Worker.Hosting;

namespace Lifecycle.Cli.Demo;

/// <summary>Installs the sample models' data packages before the story, where a person can see it; stage Snapshot would do it, unseen.</summary>
public static class DemoPackages
{
    private static readonly string[] Models = ["disposable-domain", "tracker-host"];

    /// <summary>Installs what is missing.</summary>
    public static async Task EnsureAsync(SourceTree tree, Action<string> tell, CancellationToken cancellation)
    {
        foreach (string model in Models)
        {
            await DataPackages.InstallAsync(
                Path.Combine(tree.Models, model), SourceTree.DataPackages(), new ProgressLines(tell), cancellation);
        }
    }
}
