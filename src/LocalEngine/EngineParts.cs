using Lifecycle.LocalEngine.Frontend;
using Lifecycle.LocalEngine.Loop;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Scheduling;
using Lifecycle.LocalEngine.Visibility;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine;

/// <summary>An engine without its door: everything behind the RPCs, opened from the home and closed in order.</summary>
internal sealed class EngineParts : IDisposable
{
    private readonly EngineHome home;
    private readonly ReadPool reads;

    private EngineParts(EngineHome home, EngineDatabase database, TimeProvider time)
    {
        (this.home, Database) = (home, database);
        reads = new ReadPool(database);
        var stores = new Stores(database.Writer);
        var thread = new EngineThread(stores, time, () => Guid.CreateVersion7(time.GetUtcNow()).ToString(), home.Defects);
        var namespaces = new NamespaceRegistry(stores.Namespaces, home.Defects);
        Engine = new Engine(thread, reads, namespaces, new ScheduleBook(stores.Schedules, namespaces), time);
        thread.Participants.Add(Engine.Schedules);
        thread.Changed = run => Engine.Changes.Announce(run.Key);
    }

    public Engine Engine { get; }

    public EngineDatabase Database { get; }

    /// <summary>Opens the home and restores what is in it.</summary>
    /// <exception cref="EngineStartException">The home or the database cannot be used, or an option contradicts what is in it.</exception>
    public static async Task<EngineParts> OpenAsync(LocalEngineOptions options, TimeProvider time)
    {
        var home = EngineHome.Take(options.HomeDirectory);
        EngineParts parts;
        try
        {
            parts = new EngineParts(home, EngineDatabase.Open(home.DatabaseFile, options.MustExist), time);
        }
        catch
        {
            home.Dispose();
            throw;
        }

        try
        {
            await parts.Engine.Thread.StartAsync();
            await parts.RegisterAsync(options);
            return parts;
        }
        catch (SqliteException cause)
        {
            parts.Dispose();
            throw EngineDatabase.Unreadable(home.DatabaseFile, cause);
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Engine.Thread.Dispose();
        reads.Dispose();
        Database.Dispose();
        home.Dispose();
    }

    private Task<bool> RegisterAsync(LocalEngineOptions options)
    {
        var namespaces = Engine.Namespaces;
        var attributes = options.SearchAttributes.ToDictionary(attribute => attribute.Key, attribute => Enum.Parse<IndexedValueType>(attribute.Value.ToString()));
        foreach (var (name, kind) in attributes)
        {
            RequireSame(name, namespaces.TypeOf(options.Namespace, name), kind);
        }

        return Engine.RunAsync(turn =>
        {
            if (namespaces.Find(options.Namespace) is null)
            {
                var description = NamespaceDescription.Of(options.Namespace, turn.NewId());
                turn.Write(stores => stores.Namespaces.Save(description));
                namespaces.Put(description);
            }

            foreach (var (name, kind) in attributes.Where(attribute => namespaces.TypeOf(options.Namespace, attribute.Key) is null))
            {
                turn.Write(stores => stores.Namespaces.SaveAttribute(options.Namespace, name, kind));
                namespaces.PutAttribute(options.Namespace, name, kind);
            }

            return true;
        });
    }

    private static void RequireSame(string name, IndexedValueType? registered, IndexedValueType wanted)
    {
        if (registered is not null && registered != wanted)
        {
            throw new EngineStartException($"The search attribute {name} is registered as {registered} in this home, the options say {wanted}. Change the option, or remove the attribute first.");
        }
    }
}
