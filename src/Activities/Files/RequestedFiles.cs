using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Names;

namespace Lifecycle.Activities.Files;

/// <summary>
/// Files of this machine that a request or a sensor names. Only those below the model's own folder and the folders that the operator
/// allows are opened, by where they really lie: links are followed first, and the opened handle is judged again, so that no change
/// in between counts. The home's keys and own folders stay closed whatever is allowed.
/// </summary>
/// <param name="rules">The operator's rules.</param>
public sealed class RequestedFiles(FileAccessRules rules)
{
    /// <summary>The home's own folders: keys, engine, blobs, and what the product makes itself.</summary>
    private static readonly ImmutableArray<string> OwnFolders =
        ["keys", "engine", "blobs", "scratch", "packages", "publications", "reports", "logs"];

    private static readonly EnumerationOptions Listing = new() { MatchType = MatchType.Simple, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Full paths of the files that a pattern names, in ordinal order; folders that a wildcard meets are passed over. A relative pattern begins in the model's folder.</summary>
    /// <exception cref="InvalidRequestException">The pattern is malformed, or its folder is not allowed; whether it exists is not told then.</exception>
    public ImmutableArray<string> Find(string model, string pattern)
    {
        if (FilePattern.ProblemOf(pattern) is { } problem)
        {
            throw new InvalidRequestException($"the files {PlainName.Describe(pattern)} cannot be read: the pattern {problem}");
        }

        string path = Path.GetFullPath(pattern, ModelFolder(model));
        string folder = Path.GetDirectoryName(path)!;
        Require(model, FinalPath.Of(folder), pattern);
        string name = Path.GetFileName(path);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return name.AsSpan().IndexOfAny('*', '?') < 0
            ? RegularFile.IsAbsent(path) ? [] : [path]
            : [.. Directory.EnumerateFileSystemEntries(folder, name, Listing).Where(found => !Directory.Exists(found)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Opens one of the files. Nothing of it is read before its handle was judged.</summary>
    /// <exception cref="InvalidRequestException">It lies where requests may not read.</exception>
    /// <exception cref="NotRegularFileException">It is no regular file.</exception>
    public FileStream Open(string model, string path)
    {
        Require(model, FinalPath.Of(path), path);
        FileStream file = RegularFile.Open(path);
        try
        {
            Require(model, Held(file), path);
            return IsKey(FileFacts.Of(file.SafeFileHandle)) ? throw Closed(path) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Require(string model, string final, string asked)
    {
        string home = FinalPath.Of(rules.Home);
        bool isHome = FinalPath.IsWithin(final, home);
        if (isHome && OwnFolders.Any(own => FinalPath.IsWithin(final, FinalPath.Of(Path.Combine(home, own)))) || rules.Closed.Any(closed => FinalPath.IsWithin(final, FinalPath.Of(closed))))
        {
            throw Closed(asked);
        }

        ImmutableArray<string> allowed = [FinalPath.Of(ModelFolder(model)), .. rules.DataFolders.Select(FinalPath.Of)];
        if (!allowed.Any(folder => FinalPath.IsWithin(final, folder)))
        {
            throw new InvalidRequestException(
                $"the worker may not read {PlainName.Describe(asked)} for {model}: it does not lie in the model's folder {rules.ModelsFolder}/{model}"
                + (rules.DataFolders is [] ? ", and the worker allows no other" : $" nor in {string.Join(", ", rules.DataFolders)}")
                + "; move the files, or let the worker's operator allow their folder (LIFECYCLE_DATA_FOLDERS, or 'lifecycle up --data-folder')");
        }

        if (isHome && !allowed.Any(folder => folder != home && FinalPath.IsWithin(folder, home) && FinalPath.IsWithin(final, folder)))
        {
            throw Closed(asked);
        }
    }

    private static InvalidRequestException Closed(string asked) => new(
        $"the worker may not read {PlainName.Describe(asked)}: it lies in the worker's home or among its own files, which no request may name, whatever folders are allowed; move the files");

    // A hard link has no path of its own that would tell.
    private bool IsKey(FileFacts facts)
    {
        string keys = Path.Combine(rules.Home, "keys");
        try
        {
            return Directory.Exists(keys) && Directory.EnumerateFiles(keys).Any(key => FileFacts.Of(key).IsSame(facts));
        }
        catch (UnauthorizedAccessException)
        {
            // The child process of a stage cannot even list them: there no file with a second name is read.
            return facts.Names > 1;
        }
    }

    private static string Held(FileStream file) => OperatingSystem.IsLinux()
        && new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}")).LinkTarget is { } held
            ? held
            : FinalPath.Of(file.Name);

    private string ModelFolder(string model) => new StageFolders(Path.GetFullPath(rules.ModelsFolder), rules.ModelsFolder).ModelFolder(model);
}
