using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Models.Tests.OnnxModels.Tables;

/// <summary>URLs that may be missing: put together at random from parts that delimit, and some odd ones.</summary>
internal static class Urls
{
    private static readonly InputSchema Schema = new([new InputColumn { Name = "url", Type = InputType.Text, Nullable = true }]);

    private static readonly string[] Pieces =
        ["https://", "http:", "/", "/", "//", "?", "#", "&", "=", "@", ":", ".", "ads.example", "cdn.Example.COM", "日本", "😀", "tag", "b.js", "x.gif", "8080", "a b", "é.PNG"];

    /// <summary>Texts that have few of the parts.</summary>
    public static InputRows Odd { get; } = Rows([
        null, "/", "//", "://", "https:/", "https://", "https:///", "https://?", "?", "??", "#", "#?", "?#", "&", "a?", "a?&", "a?b#c?d", ".", "/.", "/a.", "/.a", "/a.b/", "a.b", "a.b/c",
        "@", "u@", "@h", "u:p@h:1/x.y", ":", "h:", "/?u=https://h/p.q", "https://h#/p.q", "//h/p.js", "日本.example/ä.ö?ü", "😀", "https://[::1]/x",
    ]);

    /// <summary>As many as asked for.</summary>
    public static InputRows Some(int rows, int seed)
    {
        Random random = new(seed);
        return Rows([.. Enumerable.Range(0, rows).Select(_ => random.Next(9) switch
        {
            0 => null,
            < 5 => $"https://{Next("ads.example", "cdn.example.com", "Ü.example")}/{Next("a/", "a/b/", "")}{Next("tag.js", "p.gif", "x", "")}{Next("?a=1", "?a&b", "")}{Next("#f", "")}",
            _ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Next(Pieces))),
        })]);

        string Next(params string[] choices) => choices[random.Next(choices.Length)];
    }

    private static InputRows Rows(string?[] urls) => new(Schema, [new InputValues.Texts([.. urls])]);
}
