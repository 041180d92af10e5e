using System.Collections.Immutable;
using Lifecycle.Cli.Verbs;
using Lifecycle.LocalEngine;
using Microsoft.Data.Sqlite;
using Temporalio.Client;

namespace Lifecycle.Cli.Tests.Homes;

/// <summary>What the engine has set aside is what <c>lifecycle doctor</c> shows, with its reason and what to do.</summary>
public sealed class SetAsideRecordsTests
{
    [Theory]
    [InlineData("runs", "UPDATE runs SET due = 9223372036854775807 WHERE workflow_id = 'bad'", "due")]
    [InlineData("runs", "UPDATE runs SET status = 99 WHERE workflow_id = 'bad'", "status")]
    [InlineData("runs", "UPDATE runs SET close_time = -1 WHERE workflow_id = 'bad'", "close_time")]
    [InlineData("runs", "UPDATE runs SET history_length = 7 WHERE workflow_id = 'bad'", "history_length")]
    [InlineData("runs", "UPDATE runs SET snapshot = '{' WHERE workflow_id = 'bad'", "cannot be read")]
    [InlineData("schedules", "UPDATE schedules SET definition = x'ff01' WHERE schedule_id = 'bad'", "cannot be read")]
    [InlineData("schedules", "UPDATE schedules SET created = 9223372036854775807 WHERE schedule_id = 'bad'", "cannot be read")]
    public async Task Doctor_RecordSetAside_ShowsItWithItsReasonAndWhatToDo(string table, string sql, string reason)
    {
        string home = Directory.CreateTempSubdirectory("set-aside-").FullName;
        try
        {
            ImmutableArray<DoctorVerb.Check> well = await OpenAsync(home, async client =>
            {
                foreach (string id in new[] { "bad", "good" })
                {
                    await client.StartWorkflowAsync("W", [], new(id, "nobody"));
                    await client.CreateScheduleAsync(id, new(Temporalio.Client.Schedules.ScheduleActionStartWorkflow.Create("W", [], new("w", "nobody")), new()));
                }
            });
            Assert.All(well, check => Assert.True(check.Passed, check.Found));
            Change(home, sql);

            ImmutableArray<DoctorVerb.Check> found = await OpenAsync(home, _ => Task.CompletedTask);
            DoctorVerb.Check aside = Assert.Single(found, check => !check.Passed);
            Assert.Equal((table, false), (aside.Name, aside.Required));
            Assert.StartsWith("bad is set aside: ", aside.Found, StringComparison.Ordinal);
            Assert.Contains(reason, aside.Found, StringComparison.Ordinal);
            Assert.Contains(table == "runs" ? "'temporal workflow delete" : "'lifecycle schedule apply'", aside.Found, StringComparison.Ordinal);
            Assert.DoesNotContain("good", aside.Found, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task<ImmutableArray<DoctorVerb.Check>> OpenAsync(string home, Func<ITemporalClient, Task> firstAsync)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using LocalEngineHost engine = await LocalEngineHost.StartAsync(new() { HomeDirectory = home }, cancellation);
        ITemporalClient client = await TemporalClient.ConnectAsync(new(engine.Target));
        await firstAsync(client);
        return await SetAsideRecords.CheckAsync(client, cancellation);
    }

    private static void Change(string home, string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(home, "engine.db")};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
