using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Histories;

namespace Lifecycle.Conformance.Tests.CommandLine;

/// <summary>How a step ended: its exit code, and its output and errors as lines without what differs from run to run.</summary>
internal sealed partial record CliOutcome(int ExitCode, ImmutableSortedDictionary<string, string> Lines)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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

    /// <summary>One line for each difference that <see cref="KnownOutputs"/> does not name.</summary>
    public static IEnumerable<string> Differences(CliStep step, CliOutcome official, CliOutcome local) => official.Lines.Keys
        .Union(local.Lines.Keys, StringComparer.Ordinal)
        .Where(path => !KnownOutputs.Explain(step, path))
        .Select(path => (path, Left: official.Lines.GetValueOrDefault(path, "absent"), Right: local.Lines.GetValueOrDefault(path, "absent")))
        .Where(line => line.Left != line.Right)
        .Select(line => $"{step}: {line.path}\n  official: {line.Left}\n  local:    {line.Right}")
        .Prepend($"{step}: exit code {official.ExitCode} and {local.ExitCode}")
        .Skip(official.ExitCode == local.ExitCode ? 1 : 0);

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
