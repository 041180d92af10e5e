using Lifecycle.LocalEngine.Frontend;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Turns;
using Lifecycle.LocalEngine.Visibility;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine;

/// <summary>An engine without its door: everything behind the RPCs, opened from the home and closed in order.</summary>
internal sealed class EngineParts : IDisposable
{
    private readonly EngineHome home;
    private readonly EngineDatabase database;
    private readonly ReadPool reads;

    private EngineParts(EngineHome home, EngineDatabase database, TimeProvider time)
    {
        (this.home, this.database) = (home, database);
        reads = new ReadPool(database);
        var stores = new Stores(database.Writer);
        var thread = new EngineThread(stores, time, () => Guid.CreateVersion7(time.GetUtcNow()).ToString(), NullLogger.Instance);
        var namespaces = new NamespaceRegistry(stores.Namespaces);
        Engine = new Engine(thread, reads, namespaces, new ScheduleBook(stores.Schedules, namespaces), time);
        thread.Participants.Add(Engine.Schedules);
        thread.Changed = run => Engine.Changes.Announce(run.Key);
    }

    public Engine Engine { get; }

    /// <summary>Opens the home and restores what is in it.</summary>
    /// <exception cref="EngineStartException">The home or the database cannot be used, or an option contradicts what is in it.</exception>
    public static async Task<EngineParts> OpenAsync(LocalEngineOptions options, TimeProvider time)
    {
        var home = EngineHome.Take(options.HomeDirectory);
        EngineParts parts;
        try
        {
            parts = new EngineParts(home, EngineDatabase.Open(home.DatabaseFile), time);
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
        database.Dispose();
        home.Dispose();
    }

    private Task<bool> RegisterAsync(LocalEngineOptions options)
    {
        var namespaces = Engine.Namespaces;
        return Engine.RunAsync(turn =>
        {
            if (namespaces.Find(options.Namespace) is null)
            {
                var description = NamespaceRpcs.Describe(options.Namespace, turn.NewId());
                turn.Write(stores => stores.Namespaces.Save(description));
                namespaces.Put(description);
            }

            foreach (var (name, kind) in options.SearchAttributes)
            {
                RegisterAttribute(turn, options.Namespace, name, Enum.Parse<IndexedValueType>(kind.ToString()));
            }

            return true;
        });
    }

    private void RegisterAttribute(Turn turn, string @namespace, string name, IndexedValueType kind)
    {
        var registered = Engine.Namespaces.TypeOf(@namespace, name);
        if (registered is null)
        {
            turn.Write(stores => stores.Namespaces.SaveAttribute(@namespace, name, kind));
            Engine.Namespaces.PutAttribute(@namespace, name, kind);
        }
        else if (registered != kind)
        {
            throw new EngineStartException($"The search attribute {name} of namespace {@namespace} is registered as {registered} in this home, the options say {kind}. Change the option, or remove the attribute first.");
        }
    }
}
