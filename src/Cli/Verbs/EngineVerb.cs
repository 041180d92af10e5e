using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Homes;
using Lifecycle.LocalEngine;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle engine serve</c>: the embedded engine as a process of its own.</summary>
public static class EngineVerb
{
    /// <summary>The command with its parts.</summary>
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port to listen on, on loopback (default: any free one)" };
        port.Validators.Add(OptionBounds.Port);
        Command engine = new("engine", "The embedded engine as a process of its own");
        engine.Subcommands.Add(Verb.Create(
            "serve", "Serve the home's engine on loopback until Ctrl-C; prints its address",
            "engine serve --home /tmp/trial --port 7233")
            .Does([port], async (parsed, output, cancellation) =>
            {
                HomeFolder home = GlobalOptions.HomeOf(parsed).Create();
                string folder = home.Engine;
                HomeGuard guard = new(home, TimeProvider.System);
                guard.Require(HomeStore.Engine);
                await using LocalEngineHost host = await LocalEngineHost.StartAsync(
                    EmbeddedEngine.Options(folder, parsed.GetValue(port), guard.Holds(HomeStore.Engine)), cancellation);
                guard.Note(HomeStore.Engine);
                output.Result(new { target = host.Target, home = folder }, console =>
                    console.Line($"engine at {host.Target}, database in {folder}; stop with Ctrl-C"));
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }
                catch (OperationCanceledException)
                {
                    output.Progress("stopping");
                }

                return ExitCodes.Success;
            }));
        return engine;
    }
}
