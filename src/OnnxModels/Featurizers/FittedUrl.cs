using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Depth and number of parameters of a URL, and the hosts and extensions that are frequent.</summary>
internal sealed record FittedUrl : FittedTransform
{
    private readonly TrainingColumn column;
    private readonly ImmutableArray<string> hosts;
    private readonly ImmutableArray<string> extensions;

    private FittedUrl(TrainingColumn column, ImmutableArray<string> hosts, ImmutableArray<string> extensions)
        : base(
        [
            column.NameOf("url", "depth"), column.NameOf("url", "parameters"),
            .. hosts.Select(host => column.NameOf("url", $"host={host}")), .. extensions.Select(extension => column.NameOf("url", $"extension={extension}")),
        ])
    {
        this.column = column;
        this.hosts = hosts;
        this.extensions = extensions;
    }

    /// <summary>Counts the rows of every host and of every extension and keeps the frequent ones.</summary>
    public static FittedUrl Fit(RowTransform.Url definition, TrainingColumn column) =>
        Fit(definition, column, [.. column.Texts.Select(UrlParts.Of)]);

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[column.Column];
        UrlNodes url = new(nodes);
        List<string> parts = [url.Depth, url.Parameters];
        if (!hosts.IsEmpty)
        {
            parts.Add(nodes.CountTerms("url_hosts", url.Host, Terms(hosts)));
        }

        if (!extensions.IsEmpty)
        {
            parts.Add(nodes.Node("Mul", "url_extensions", [nodes.CountTerms("url_last_parts", url.LastPart, Terms(extensions)), url.HasExtension]));
        }

        return nodes.Beside("url_parts", parts);
    }

    private static FittedUrl Fit(RowTransform.Url definition, TrainingColumn column, UrlParts[] urls) =>
        new(column, Frequent(definition, urls, url => url.Host), Frequent(definition, urls, url => url.Extension));

    private static ImmutableArray<string> Frequent(RowTransform.Url definition, UrlParts[] urls, Func<UrlParts, string> part)
    {
        LevelCodes codes = LevelCodes.Of(urls.Length, row => part(urls[row]) is { Length: > 0 } found ? found : null);
        return [.. codes.Frequent(definition.MinimumCount, int.MaxValue).Select(level => codes.Keys[level.Code]).Where(key => key != LevelCodes.Missing).Take(definition.MaximumTerms)];
    }

    private static ImmutableArray<IReadOnlyList<string>> Terms(ImmutableArray<string> texts) => [.. texts.Select(text => (IReadOnlyList<string>)[text])];
}
