namespace Lifecycle.Domain.Schedules;

/// <summary>
/// Names of time zones, as every engine reads them: exact IANA names such as <c>Europe/Berlin</c> or <c>UTC</c>. A name of another
/// case, of Windows, or of a file is none, whatever this process has looked up before.
/// </summary>
public static class ZoneName
{
    /// <summary>Whether the operating system's database has a zone of exactly this name.</summary>
    public static bool Exists(string name) =>

        // The runtime remembers zones by names without case, and translates names of Windows.
        !name.StartsWith('/') && !name.Split('/').Contains("..")
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) && zone.Id == name && zone.HasIanaId;
}
