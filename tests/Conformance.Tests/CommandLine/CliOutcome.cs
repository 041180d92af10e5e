using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Histories;

namespace Lifecycle.Conformance.Tests.CommandLine;

/// <summary>How a step ended: its exit code, and its output and errors as lines without what differs from run to run.</summary>
internal sealed partial record CliOutcome(int ExitCode, ImmutableSortedDictionary<string, string> Lines)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a step, again and again where it waits for something.</summary>
    public static async Task<CliOutcome> OfAsync(CliStep step, RunningEngine engine)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var result = await ExternalProgram.RunAsync(
                ExternalProgram.Temporal!, [.. step.Arguments, "--address", engine.Address, "--disable-config-file", "--identity", "person"]);
            if (step.Until is null || result.Output.Contains(step.Until, StringComparison.Ordinal) || result.Error.Contains(step.Until, StringComparison.Ordinal))
            {
                return Of(result);
            }

            Assert.False(patience.IsCancellationRequested, $"{step}: never printed {step.Until}: {result.Output}{result.Error}");
        }
    }

    /// <summary>Each difference, with where it is.</summary>
    public static IEnumerable<CliDifference> Differences(CliStep step, CliOutcome official, CliOutcome local) => official.Lines.Keys
        .Union(local.Lines.Keys, StringComparer.Ordinal)
        .Select(path => new CliDifference(step.Name, path, official.Lines.GetValueOrDefault(path, "absent"), local.Lines.GetValueOrDefault(path, "absent")))
        .Append(new(step.Name, "exit code", $"{official.ExitCode}", $"{local.ExitCode}"))
        .Where(difference => difference.Official != difference.Local);

    private static CliOutcome Of(ProgramResult result)
    {
        var scrubber = new Scrubber(KnownDifferences.All.AddRange(KnownOutputs.Members));
        var lines = result.Output.TrimStart() is ['{' or '[', ..]
            ? JsonLines.Of(scrubber.Scrub(JsonNode.Parse(result.Output)))
            : Text("output", scrubber.Scrub(result.Output));
        return new(result.ExitCode, lines.AddRange(Text("error", LogTime().Replace(scrubber.Scrub(result.Error), ""))));
    }

    private static ImmutableSortedDictionary<string, string> Text(string name, string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select((line, index) => KeyValuePair.Create($"{name}[{index}]", line.Trim()))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    [GeneratedRegex(@"time=\S+ ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LogTime();
}

/// <summary>One place in a step's output in which the engines differ.</summary>
internal sealed record CliDifference(string Step, string Path, string Official, string Local)
{
    public override string ToString() => $"{Step}: {Path}\n  official: {Official}\n  local:    {Local}";
}
