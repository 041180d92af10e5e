namespace Lifecycle.Domain.Alerts;

/// <summary>How alerts.yaml says where a secret is, so that it never holds one.</summary>
public static class SecretPrefixes
{
    /// <summary>An environment variable of the worker follows.</summary>
    public const string Environment = "env:";

    /// <summary>The path of a file follows; its first line is the secret.</summary>
    public const string File = "file:";

    /// <summary>Whether <paramref name="reference"/> says where a secret is.</summary>
    public static bool IsReference(string reference) =>
        (reference.StartsWith(Environment, StringComparison.Ordinal) && reference.Length > Environment.Length)
        || (reference.StartsWith(File, StringComparison.Ordinal) && reference.Length > File.Length);
}
