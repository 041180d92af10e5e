namespace Lifecycle.Conformance.Tests.CommandLine;

/// <summary>
/// One call of the official command-line program. A step that looks at what settles later is repeated until its output
/// holds <see cref="Until"/>.
/// </summary>
internal sealed record CliStep(string Name, params string[] Arguments)
{
    public string? Until { get; init; }

    public override string ToString() => Name;
}
