using System.Globalization;
using Lifecycle.LocalEngine.Persistence;
using Xunit.MicrosoftTestingPlatform;

namespace Lifecycle.LocalEngine.Tests;

/// <summary>Runs the tests; or, as <c>serve HOME PORT</c>, an engine that prints its address and runs until it is killed.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args is ["serve", var home, var port]
        ? ServeAsync(home, int.Parse(port, CultureInfo.InvariantCulture))
        : TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);

    private static async Task<int> ServeAsync(string home, int port)
    {
        try
        {
            await using var host = await LocalEngineHost.StartAsync(new() { HomeDirectory = home, Port = port }, CancellationToken.None);
            await Console.Out.WriteLineAsync(host.Target);
            await Task.Delay(Timeout.Infinite);
            return 0;
        }
        catch (EngineStartException problem)
        {
            await Console.Out.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}
