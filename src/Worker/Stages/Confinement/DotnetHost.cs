namespace Lifecycle.Worker.Stages.Confinement;

/// <summary>The program <c>dotnet</c> that runs this process, also where the process was started by another name.</summary>
internal static class DotnetHost
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Its full path; just its name, to be found on PATH, where it does not lie beside the runtime.</summary>
    public static string Path { get; } = Find();

    // <root>/shared/Microsoft.NETCore.App/<version>/ is where the runtime lies.
    private static string Find()
    {
        string beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", Name));
        return File.Exists(beside) ? beside : Name;
    }
}
