using Lifecycle.Domain.Files;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Rules;

/// <summary>Sources name files inside the model's folder, and exactly one kind of them.</summary>
internal static class SourceRules
{
    /// <summary>All breaches of a source.</summary>
    public static IEnumerable<RuleBreach> Check(DataSourceDefinition source, string folder) =>
        [.. OneKind(source), .. Script(source, folder), .. Lock(source, folder), .. Files("source.files", source.Files)];

    private static IEnumerable<RuleBreach> OneKind(DataSourceDefinition source)
    {
        if (source.NpmLock is null == source.Files.IsEmpty)
        {
            string found = source.NpmLock is null ? "neither" : "both";
            yield return new("source", $"'source' has {found} of 'npmLock' and 'files'; give exactly one");
        }
    }

    private static IEnumerable<RuleBreach> Script(DataSourceDefinition source, string folder) =>
        Present("source.sql", source.Sql, folder, "the script that selects the rows");

    private static IEnumerable<RuleBreach> Lock(DataSourceDefinition source, string folder)
    {
        if (source.NpmLock is null)
        {
            return [];
        }

        if (source.NpmLock != "package-lock.json")
        {
            return [new("source.npmLock", $"'source.npmLock' is '{source.NpmLock}'; npm reads only 'package-lock.json'")];
        }

        return
        [
            .. Present("source.npmLock", source.NpmLock, folder, "written by 'npm install'"),
            .. Present("source.npmLock", "package.json", folder, "beside the lock file"),
        ];
    }

    internal static IEnumerable<RuleBreach> Files(string at, IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach ((string name, string path) in files)
        {
            if (!IdentifierRules.IsWord(name))
            {
                yield return new($"{at}.{name}", $"file name '{name}' is not a word; expected {IdentifierRules.WordNoun}");
            }
            else if (SnapshotRules.ReservedVariables.Contains(name))
            {
                yield return new($"{at}.{name}", $"file name '{name}' is taken by the script's own parameter; choose another");
            }

            if (!IsInside(path))
            {
                yield return new($"{at}.{name}", $"file '{path}' is not inside the model's folder; expected a relative path without '..'");
            }
        }
    }

    internal static IEnumerable<RuleBreach> Present(string path, string file, string folder, string what)
    {
        if (!IsInside(file) || file.Contains('/', StringComparison.Ordinal))
        {
            yield return new(path, $"'{path}' is '{file}'; expected a file's name in the model's folder, without a path");
        }
        else if (FileFacts.Of(Path.Combine(folder, file)).Kind is var kind and not (FileKind.Regular or FileKind.Nothing))
        {
            yield return new(path, new NotRegularFileException(file, kind).Message);
        }
        else if (!File.Exists(Path.Combine(folder, file)))
        {
            yield return new(path, $"file '{file}' is not in the model's folder; add it, {what}");
        }
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && path.IndexOfAny(['\\', ':', '*', '?']) < 0
        && path.Split('/').All(part => part is not ("" or "." or ".."));
}
