using System.CommandLine;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle log</c>: what a model was asked and answered, and what turned out to be true.</summary>
public static class LogVerb
{
    /// <summary>The command with its parts.</summary>
    public static Command Create()
    {
        Command log = new("log", "Import traffic and labels into a model's prediction log, and show what is in it");
        log.Subcommands.Add(LogImportVerb.Create());
        log.Subcommands.Add(LogShowVerb.Create());
        log.Subcommands.Add(LogImportsVerb.Create());
        log.Subcommands.Add(LogRemoveVerb.Create());
        return log;
    }
}
