using Lifecycle.LocalEngine.Loop;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Turns;
using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Tests.Loop;

public sealed class MailboxTests : IDisposable
{
    private readonly List<Work> line = [];
    private readonly SqliteConnection connection;
    private readonly Stores stores;
    private readonly Mailbox mailbox;

    public MailboxTests()
    {
        connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Migrations.Apply(connection, ":memory:");
        stores = new Stores(connection);
        mailbox = new Mailbox(line.Add);
    }

    public void Dispose() => connection.Dispose();

    [Fact]
    public void Message_PutTwice_StandsInLineOnce()
    {
        mailbox.Put(Message(1));
        mailbox.Put(Message(1));

        Assert.Single(line);
    }

    [Fact]
    public void Message_PutAgainAfterTheMemoryWasRebuilt_IsActedOnOnce()
    {
        mailbox.Put(Message(1));
        mailbox.Forget();
        mailbox.Put(Message(1));
        Assert.Equal(2, line.Count);

        var turn = NewTurn();
        line.ForEach(work => work.Execute(turn));

        Assert.Single(turn.Writes);
    }

    [Fact]
    public void Message_Forgotten_IsNotActedOn()
    {
        mailbox.Put(Message(1));
        mailbox.Forget();

        var turn = NewTurn();
        line.ForEach(work => work.Execute(turn));

        Assert.False(turn.HasChanges);
    }

    private static OutboxMessage Message(long id) => new(OutboxKind.NotifyParent, RunKey: 1) { Id = id };

    private Turn NewTurn() => new(
        new RunCache(stores.Runs, new DefectLog(Path.GetTempPath())),
        new Lifecycle.LocalEngine.Matching.Dispatcher(),
        DateTimeOffset.UnixEpoch,
        () => "id",
        new DefectLog(Path.GetTempPath()));
}
