using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Data;

namespace Lifecycle.Worker.Hosting;

/// <summary>What a worker sees in a file of rows, before there is a model for it.</summary>
public static class TableLooks
{
    /// <summary>What a file looks like, or why it is no table that a model can be made of.</summary>
    public static (TableProfile? Profile, string? Problem) Look(string path, CancellationToken cancellation) => ProfiledTables.Look(path, cancellation);
}
