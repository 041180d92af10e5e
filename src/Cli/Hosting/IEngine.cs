namespace Lifecycle.Cli.Hosting;

/// <summary>An engine that this process started. Workflows, activities and verbs do not know which one it is.</summary>
public interface IEngine : IAsyncDisposable
{
    /// <summary>What it is, for people.</summary>
    string Description { get; }

    /// <summary>Its gRPC address, host:port.</summary>
    string Target { get; }

    /// <summary>Address of Temporal UI; null where the engine brings none.</summary>
    string? TemporalUi { get; }
}

/// <summary>Which engine to start.</summary>
public enum EngineKind
{
    /// <summary>The embedded engine of src/LocalEngine.</summary>
    Local,

    /// <summary>The official Temporal dev server.</summary>
    Temporal,
}
