using Google.Protobuf;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>Time zones by their IANA names, from the operating system's database. The empty name is UTC.</summary>
internal static class ScheduleTimeZone
{
    /// <exception cref="InvalidScheduleException">There is no such zone here, or the zone came as data.</exception>
    public static TimeZoneInfo Find(string name, ByteString data)
    {
        if (!data.IsEmpty)
        {
            throw InvalidScheduleException.Spec("timezone_data is not supported by the local engine; send timezone_name");
        }

        return name.Length == 0 ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
            : throw InvalidScheduleException.Spec($"unknown time zone {name}");
    }
}
