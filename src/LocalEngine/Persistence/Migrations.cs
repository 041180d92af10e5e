using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// The numbered steps that build the schema, each in its own transaction. The database's <c>user_version</c> is the number
/// of the last step it has. Steps are resources named <c>NNNN-what</c>; a published step is never changed.
/// </summary>
internal static class Migrations
{
    private static readonly Assembly Home = typeof(Migrations).Assembly;

    public static int LatestVersion => Steps().Max(step => step.Version);

    public static void Apply(SqliteConnection connection, string file)
    {
        var found = VersionOf(connection);
        if (found > LatestVersion)
        {
            throw new EngineStartException(
                $"The database {file} has schema version {found}, this program knows versions up to {LatestVersion}. Run the program that wrote it, or a newer one; nothing was changed.");
        }

        foreach (var (version, resource) in Steps().Where(step => step.Version > found).OrderBy(step => step.Version))
        {
            var statement = new Statement(connection, $"BEGIN IMMEDIATE; {Read(resource)}; PRAGMA user_version = {version}; COMMIT");
            statement.Execute();
        }
    }

    /// <summary>Number of the last step that the database has; 0 where it is empty.</summary>
    public static int VersionOf(SqliteConnection connection)
    {
        var statement = new Statement(connection, "PRAGMA user_version");
        return statement.Query(row => row.GetInt32(0))[0];
    }

    private static IEnumerable<(int Version, string Resource)> Steps() =>
        from resource in Home.GetManifestResourceNames()
        where resource.Length > 5 && resource[4] == '-'
        select (int.Parse(resource.AsSpan(0, 4), CultureInfo.InvariantCulture), resource);

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
