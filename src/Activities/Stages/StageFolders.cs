using Lifecycle.Domain.Names;

namespace Lifecycle.Activities.Stages;

/// <summary>Folders on the worker's machine.</summary>
/// <param name="Models">The model definitions.</param>
/// <param name="Scratch">Unfinished work; each stage makes and removes a folder of its own.</param>
public sealed record StageFolders(string Models, string Scratch)
{
    /// <summary>Where stages make their folders; <c>work</c> in the scratch folder by default.</summary>
    public string Work { get; init; } = Path.Combine(Scratch, "work");

    /// <summary>Folder of a model's definition.</summary>
    /// <exception cref="InvalidRequestException">It is no name of a model: it would lead elsewhere.</exception>
    public string ModelFolder(string model) => PlainName.IsValid(model)
        ? Path.Combine(Models, model)
        : throw new InvalidRequestException($"{PlainName.Describe(model)} is no name of a model; expected {PlainName.Noun}");

    /// <summary>Makes a fresh folder for one stage's work.</summary>
    public StageWorkspace OpenWorkspace(string stage) => new(Directory.CreateDirectory(Work).FullName, stage);
}

/// <summary>A folder that one stage works in; removed with everything in it when the stage ends.</summary>
public sealed class StageWorkspace : IDisposable
{
    private readonly string folder;

    internal StageWorkspace(string parent, string stage) =>
        folder = Directory.CreateDirectory(Path.Combine(parent, $"{stage}-{Path.GetRandomFileName()}")).FullName;

    /// <summary>The full path of a file in the folder.</summary>
    /// <exception cref="InvalidRequestException">The name leads out of the folder.</exception>
    public string File(string name) => Path.GetFileName(name) == name && name is not ("" or "." or "..")
        ? Path.Combine(folder, name)
        : throw new InvalidRequestException($"{PlainName.Describe(name)} is no name of a file; expected one without slashes");

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception leftover) when (leftover is IOException or UnauthorizedAccessException)
        {
            // Scratch space: what cannot be removed now is removed with the folder that holds it.
        }
    }
}
