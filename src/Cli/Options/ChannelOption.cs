using System.CommandLine;
using Lifecycle.Cli.Homes;

namespace Lifecycle.Cli.Options;

/// <summary>The option <c>--channel</c>: unless told, the ReleaseChannel that the model's definition names, where it lies beside the program.</summary>
public sealed class ChannelOption
{
    private const string Usual = "production";

    /// <summary>The option to add to a verb.</summary>
    /// <param name="subject">What the channel is of.</param>
    public ChannelOption(string subject = "Release channel") =>
        Option = new("--channel") { Description = $"{subject} (default: the one of model.yaml, or {Usual})", HelpName = "NAME" };

    /// <summary>The option itself.</summary>
    public Option<string?> Option { get; }

    /// <summary>The channel of a model.</summary>
    public string Of(ParseResult parsed, string model) => parsed.GetValue(Option) ?? OwnDefinition.Of(model)?.Channel ?? Usual;

    /// <summary>How a command names the channel; nothing where that is what it takes anyway.</summary>
    public static string Hint(string channel) => channel == Usual ? "" : $" --channel {channel}";
}
