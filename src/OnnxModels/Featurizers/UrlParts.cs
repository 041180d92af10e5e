namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>What a URL is fitted on: its host, without user and port, and the extension of the last part of its path; each may be empty.</summary>
internal readonly record struct UrlParts(string Host, string Extension)
{
    /// <summary>Takes a text in lower case apart as <see cref="UrlNodes"/> do. Nothing is decoded.</summary>
    public static UrlParts Of(string text)
    {
        string address = text.Split('#', 2)[0].Split('?', 2)[0];
        string[] authorityAndPath = address.Split("://", 2)[^1].Split('/', 2);
        string file = authorityAndPath.Length > 1 ? authorityAndPath[1].Split('/')[^1] : "";
        string[] fileParts = file.Split('.');
        return new UrlParts(authorityAndPath[0].Split('@')[^1].Split(':')[0], fileParts.Length > 1 ? fileParts[^1] : "");
    }
}
