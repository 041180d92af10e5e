using System.Collections.Immutable;

namespace Lifecycle.Worker.Stages.Confinement;

/// <summary>First line to a child: which files it may open. Read before anything else of the program runs.</summary>
/// <param name="ReadWrite">Folders for its work.</param>
/// <param name="ReadOnly">Files and folders beyond the program and the system.</param>
/// <param name="Denied">Folder that stays closed wherever it lies, also below a folder that is open.</param>
internal sealed record StageConfinement(ImmutableArray<string> ReadWrite, ImmutableArray<string> ReadOnly, string Denied);
