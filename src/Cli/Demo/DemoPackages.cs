using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Output;
using Lifecycle.Worker.Hosting;

namespace Lifecycle.Cli.Demo;

/// <summary>Installs the sample models' data packages before the story, where a person can see it; stage Snapshot would do it, unseen.</summary>
public static class DemoPackages
{
    /// <summary>Installs what is missing for <paramref name="models"/>.</summary>
    public static async Task EnsureAsync(SourceTree tree, IReadOnlyList<string> models, Action<string> tell, CancellationToken cancellation)
    {
        foreach (string model in models)
        {
            await DataPackages.InstallAsync(
                Path.Combine(tree.Models, model), SourceTree.DataPackages(), new ProgressLines(tell), cancellation);
        }
    }
}
