using Google.Protobuf;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// Time zones by their exact IANA names, from the operating system's database. The empty name is UTC, and <c>Local</c> is the
/// machine's own zone, as on the official server.
/// </summary>
internal static class ScheduleTimeZone
{
    /// <exception cref="InvalidScheduleException">There is no such zone here, or the zone came as data.</exception>
    public static TimeZoneInfo Find(string name, ByteString data)
    {
        if (!data.IsEmpty)
        {
            throw InvalidScheduleException.Spec("timezone_data is not supported by the local engine; send timezone_name");
        }

        return name switch
        {
            "" => TimeZoneInfo.Utc,
            "Local" => TimeZoneInfo.Local,
            _ => IsName(name) && Exact(name) is { } zone ? zone : throw InvalidScheduleException.Spec($"unknown time zone {name}"),
        };
    }

    // A path would be taken for a file of the machine.
    private static bool IsName(string name) => !name.StartsWith('/') && !name.Contains('\\', StringComparison.Ordinal) && !name.Split('/').Contains("..");

    // The runtime remembers zones by names without case: once Europe/Berlin was asked for, it has europe/berlin too, until the
    // process ends. It also translates names of Windows. Only a zone that goes by the name itself is found again later.
    private static TimeZoneInfo? Exact(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name && zone.HasIanaId ? zone : null;
}
