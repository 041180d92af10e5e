using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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

    /// <summary>Refuses a number that is no TCP port.</summary>
    public static void RequirePort(OptionResult option)
    {
        if (Told(option, int.TryParse, out int port) && port is (< 0 or > 65535))
        {
            option.AddError($"--port is {port}, expected 0 to 65535");
        }
    }

    /// <summary>Refuses a number below <paramref name="least"/>.</summary>
    public static Action<OptionResult> RequireAtLeast(int least) => option =>
    {
        if (Told(option, int.TryParse, out int number) && number < least)
        {
            option.AddError($"{option.Option.Name} is {number}, expected {least} or more");
        }
    };

    /// <summary>Refuses a number that is no share.</summary>
    public static void RequireShare(OptionResult option)
    {
        if (Told(option, double.TryParse, out double share) && share is not (>= 0 and <= 1))
        {
            option.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Option.Name} is {share}, expected a share from 0 to 1, such as 0.05"));
        }
    }

    private delegate bool Reader<T>(string text, IFormatProvider format, out T value);

    // What is no number at all is told by the parser, with the type that was expected.
    private static bool Told<T>(OptionResult option, Reader<T> read, out T value)
    {
        value = default!;
        return option.Tokens is [{ Value: var text }] && read(text, CultureInfo.InvariantCulture, out value);
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
