namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>The two services every scenario runs against.</summary>
public enum EngineKind
{
    /// <summary>The official dev server, found by <c>TEMPORAL_CLI_PATH</c>, else on the PATH.</summary>
    Official,

    /// <summary>The embedded engine of this repository.</summary>
    Local,
}
