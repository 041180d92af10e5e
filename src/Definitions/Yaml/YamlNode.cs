using System.Collections.Immutable;

namespace Lifecycle.Definitions.Yaml;

/// <summary>A node of a YAML document that remembers its line, from 1.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Noun { get; }
}

/// <summary>A single value. <paramref name="IsNull"/> is set for an unquoted empty value, <c>~</c> or <c>null</c>.</summary>
internal sealed record YamlScalar(int Line, string Value, bool IsNull) : YamlNode(Line)
{
    /// <inheritdoc/>
    public override string Noun => IsNull ? "nothing" : $"'{Value}'";
}

/// <summary>A list.</summary>
internal sealed record YamlSequence(int Line, ImmutableArray<YamlNode> Items) : YamlNode(Line)
{
    /// <inheritdoc/>
    public override string Noun => "a list";
}

/// <summary>Keys with values, in the order of the file; no key occurs twice.</summary>
internal sealed record YamlMapping(int Line, ImmutableArray<YamlEntry> Entries) : YamlNode(Line)
{
    /// <inheritdoc/>
    public override string Noun => "a mapping";
}

/// <summary>One key of a mapping with its value.</summary>
internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
