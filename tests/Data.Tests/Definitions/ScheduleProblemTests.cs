using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Schedules;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>The sections that start runs: schedules and sensors.</summary>
public sealed class ScheduleProblemTests : IDisposable
{
    private const string Quarterly = "id: q, does: retrain, cron: 0 6 1 */3 *";
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("id: q, does: retrain", "schedule 'q' has none of 'calendar', 'cron' and 'every'; give exactly one")]
    [InlineData(Quarterly + ", every: 1d", "schedule 'q' has cron and every of 'calendar', 'cron' and 'every'")]
    [InlineData("id: q, does: retrian, cron: 0 6 1 1 *", "'schedules[0].does' is 'retrian'; did you mean 'retrain'?")]
    [InlineData("id: Q 1, does: retrain, every: 1d", "schedule id 'Q 1' cannot be used; expected lower-case letters")]
    [InlineData("id: q, does: retrain, cron: 0 6 1 1", "schedule 'q': '0 6 1 1' has 4 fields; expected five")]
    [InlineData("id: q, does: retrain, cron: 0 24 * * *", "schedule 'q': hour '24' is not valid; expected values from 0 to 23")]
    [InlineData("id: q, does: retrain, cron: '@every 5m'", "schedule 'q': '@every 5m' is an interval; write it as 'every'")]
    [InlineData("id: q, does: retrain, calendar: { months: [13] }", "schedule 'q' has month 13; expected 1 to 12")]
    [InlineData("id: q, does: retrain, calendar: { months: [2], daysOfMonth: [30] }", "schedule 'q' never happens")]
    [InlineData(Quarterly + ", timeZone: Mars/Olympus", "schedule 'q' names time zone 'Mars/Olympus', which does not exist")]
    [InlineData(Quarterly + ", timeZone: europe/berlin", "schedule 'q' names time zone 'europe/berlin', which does not exist")]
    [InlineData(Quarterly + ", timeZone: utc", "schedule 'q' names time zone 'utc', which does not exist")]
    [InlineData(Quarterly + ", timeZone: EUROPE/BERLIN", "schedule 'q' names time zone 'EUROPE/BERLIN', which does not exist")]
    [InlineData(Quarterly + ", timeZone: Europe", "schedule 'q' names time zone 'Europe', which does not exist")]
    [InlineData(Quarterly + ", timeZone: Local", "schedule 'q' names time zone 'Local', which does not exist")]
    [InlineData(Quarterly + ", timeZone: ../zoneinfo/UTC", "schedule 'q' names time zone '../zoneinfo/UTC', which does not exist")]
    [InlineData(Quarterly + ", timeZone: W. Europe Standard Time", "schedule 'q' names time zone 'W. Europe Standard Time', which does not exist")]
    [InlineData(Quarterly + ", phase: 1h", "schedule 'q' has a 'phase' that is not below 'every'")]
    [InlineData("id: q, does: retrain, every: 1h, phase: 60m", "schedule 'q' has a 'phase' that is not below 'every'")]
    [InlineData(Quarterly + ", catchUp: 9s", "schedule 'q' has a 'catchUp' below 10s")]
    [InlineData(Quarterly + ", limitedActions: 0", "'schedules[0].limitedActions' is '0'; expected a whole number from 1 to")]
    [InlineData("id: q, does: sense, every: 1h", "schedule 'q' senses, but 'sensors' has no file or blob")]
    [InlineData("id: q, does: score, every: 1h", "schedule 'q' scores, and does not say which rows")]
    [InlineData("id: q, does: score, rows: { blobPrefix: a, workerFiles: b }, every: 1h", "exactly one of 'blobPrefix' and 'workerFiles'")]
    [InlineData("id: 9am, does: score, rows: { blobPrefix: x/ }, every: 1h", "schedule id '9am' begins the keys of its batches; begin it with a letter")]
    [InlineData("id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, does: score, rows: { blobPrefix: x/ }, every: 1h", "give it at most 46 characters")]
    [InlineData("id: q, does: score, rows: { blobPrefix: publications/ }, every: 1h", "has blobPrefix 'publications/', which reaches publications/")]
    [InlineData("id: q, does: score, rows: { blobPrefix: a/../b }, every: 1h", "has blobPrefix 'a/../b', which has a part")]
    [InlineData("id: q, does: score, rows: { workerFiles: '/*/a.csv' }, every: 1h", "has workerFiles '/*/a.csv', which has * or ? in a folder")]
    [InlineData("id: q, does: score, rows: { workerFiles: /data/ }, every: 1h", "has workerFiles '/data/', which names a folder")]
    [InlineData(Quarterly + ", timeZone: ../Europe/Berlin", "which does not exist")]
    [InlineData(Quarterly + ", timeZone: ''", "which does not exist")]
    [InlineData(Quarterly + ", rows: { blobPrefix: a }", "schedule 'q' has 'rows' but does not score")]
    public void Read_ScheduleThatCannotBe_NamesLineAndFix(string schedule, string expected)
    {
        // What was looked up before changes nothing: other letters are another name.
        Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _));
        folder.Change("slices:", $"schedules:\n  - {{ {schedule} }}\nslices:");

        Assert.Contains(expected, Message(), StringComparison.Ordinal);
        Assert.StartsWith("models/toy/model.yaml:26: ", Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id: s", "sensor 's' has 0 of 'file', 'blob' and 'webhook: true'")]
    [InlineData("id: s, file: a.csv, blob: b", "sensor 's' has 2 of 'file', 'blob' and 'webhook: true'")]
    [InlineData("id: s, file: '*/a.csv'", "sensor 's' has file '*/a.csv', which has * or ? in a folder")]
    [InlineData("id: s, file: '/data/'", "sensor 's' has file '/data/', which names a folder")]
    [InlineData("id: s, file: ''", "sensor 's' has file '', which is blank")]
    [InlineData("id: s, blob: a/../b", "sensor 's' has blob 'a/../b', which has a part that is '.' or '..'; expected a name in the container")]
    [InlineData("id: s, blob: a/", "sensor 's' has blob 'a/', which ends with a slash")]
    [InlineData("id: s, blob: 'a\\b'", "which has a backslash")]
    [InlineData("id: s, file: rows.csv", "no schedule looks at it; add a schedule with 'does: sense'")]
    public void Read_SensorThatCannotBe_NamesLineAndFix(string sensor, string expected)
    {
        folder.Change("slices:", $"sensors:\n  - {{ {sensor} }}\nslices:");

        Assert.Contains(expected, Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoSchedulesOfOneId_AreRefused()
    {
        folder.Change("slices:", $"schedules:\n  - {{ {Quarterly} }}\n  - {{ {Quarterly} }}\nslices:");

        Assert.StartsWith("models/toy/model.yaml:27: schedule id 'q' occurs twice", Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ScheduleWithEverything_IsBound()
    {
        folder.Change(
            "slices:",
            "sensors:\n  - { id: s, file: rows.csv, freshness: 30d }\nschedules:\n  - { id: q, does: sense, every: 1d, phase: 6h, timeZone: Europe/Berlin, jitter: 5m, overlap: bufferOne, catchUp: 2d, pauseOnFailure: true, limitedActions: 3, note: hello }\nslices:");

        ScheduleDefinition read = ModelDefinitionReader.Read(folder.Path).Definition.Schedules[0];

        Assert.Equal(
            new ScheduleDefinition
            {
                Id = "q", Does = ScheduleDuty.Sense, Every = TimeSpan.FromDays(1), Phase = TimeSpan.FromHours(6), TimeZone = "Europe/Berlin", Jitter = TimeSpan.FromMinutes(5),
                Overlap = ScheduleOverlap.BufferOne, CatchUp = TimeSpan.FromDays(2), PauseOnFailure = true, LimitedActions = 3, Note = "hello",
            },
            read);
    }

    private string Message() => Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message;
}
