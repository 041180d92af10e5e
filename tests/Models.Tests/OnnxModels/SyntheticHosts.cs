namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>
/// Invented host names from a seeded generator, not real data: positives are random letters and digits under cheap top-level
/// domains, negatives are words under common ones, and one row in twenty has its label turned.
/// </summary>
internal static class SyntheticHosts
{
    private static readonly string[] Words = ["news", "shop", "cloud", "media", "park", "green", "data", "book", "home", "bank"];
    private static readonly string[] Common = ["com", "org", "net", "co.uk"];
    private static readonly string[] Cheap = ["tk", "ml", "xyz", "com"];

    public static (string Input, bool Label)[] Generate(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Next(random))];
    }

    private static (string Input, bool Label) Next(Random random)
    {
        bool isPositive = random.Next(2) == 1;
        string name = isPositive
            ? string.Concat(Enumerable.Range(0, random.Next(5, 13)).Select(_ => "abcdefghijklmnopqrstuvwxyz0123456789"[random.Next(36)]))
            : $"{Pick(random, Words)}{(random.Next(3) == 0 ? "-" : "")}{Pick(random, Words)}";
        string host = $"{name}.{Pick(random, isPositive ? Cheap : Common)}";
        return (host, random.Next(20) == 0 ? !isPositive : isPositive);
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
