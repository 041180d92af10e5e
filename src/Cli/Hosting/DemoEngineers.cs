namespace Lifecycle.Cli.Hosting;

/// <summary>The release engineers that a local home enrols with demo keys, until real ones are enrolled.</summary>
public static class DemoEngineers
{
    /// <summary>Their ids.</summary>
    public static readonly string[] Names = ["demo-ada", "demo-grace"];
}
