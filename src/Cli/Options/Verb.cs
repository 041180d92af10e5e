using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Output;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Options;

/// <summary>What all verbs share: how a command runs, and how its failure becomes one error line and an exit code.</summary>
public static class Verb
{
    /// <summary>Makes a command whose help ends with <paramref name="examples"/>.</summary>
    public static Command Create(string name, string description, params string[] examples) =>
        new(name, examples is [] ? description : $"{description}\n\nExamples:\n{string.Join('\n', examples.Select(example => $"  lifecycle {example}"))}");

    /// <summary>Adds options and arguments, and what the command does.</summary>
    public static Command Does(
        this Command command, IEnumerable<Symbol> symbols, Func<ParseResult, CommandOutput, CancellationToken, Task<int>> action)
    {
        foreach (Symbol symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
            }
        }

        command.SetAction((parsed, cancellation) => RunAsync(parsed, action, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<ParseResult, CommandOutput, CancellationToken, Task<int>> action, CancellationToken cancellation)
    {
        CommandOutput output = GlobalOptions.OutputOf(parsed);
        try
        {
            // Work that blocks must not hold the thread that hears signals: the grace would begin only after it.
            return await Task.Run(() => action(parsed, output, cancellation), CancellationToken.None);
        }
        catch (Exception failure) when (cancellation.IsCancellationRequested
            && (failure is OperationCanceledException or WorkflowUpdateRpcTimeoutOrCanceledException))
        {
            output.Error("interrupted; services that ran in this process have been stopped; runs on the engine of 'lifecycle up' or of a cluster go on");
            return ExitCodes.Interrupted;
        }
        catch (Exception failure)
        {
            CommandException error = FailureText.Explain(failure);
            output.Error(error.Message);
            return error.ExitCode;
        }
    }
}
