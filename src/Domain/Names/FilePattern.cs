namespace Lifecycle.Domain.Names;

/// <summary>A path on a worker whose last part may hold <c>*</c> and <c>?</c>. Which folders it may name is the worker's to say.</summary>
public static class FilePattern
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaximumLength = 4096;

    /// <summary>What is wrong with a pattern, in words that follow it; null when nothing is.</summary>
    public static string? ProblemOf(string pattern) => pattern switch
    {
        _ when string.IsNullOrWhiteSpace(pattern) => "is blank",
        { Length: > MaximumLength } => $"has more than {MaximumLength} characters",
        _ when pattern.Any(char.IsControl) => "holds a control character",
        _ when Path.EndsInDirectorySeparator(pattern) || Path.GetFileName(pattern) is "." or ".." => "names a folder; name the files in it, such as *.csv",
        _ when Path.GetDirectoryName(pattern)?.AsSpan().IndexOfAny('*', '?') >= 0 => "has * or ? in a folder; the last part alone may hold them",
        _ => null,
    };
}
