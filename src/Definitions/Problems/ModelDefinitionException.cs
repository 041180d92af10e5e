using System.Collections.Immutable;

namespace Lifecycle.Definitions.Problems;

/// <summary>One thing wrong with a model definition or alerts.yaml.</summary>
/// <param name="File">The file, such as <c>models/disposable-domain/model.yaml</c>.</param>
/// <param name="Line">Line of the file, from 1; 0 speaks of the file as a whole.</param>
/// <param name="Message">What was found, what was expected and what to do.</param>
public sealed record DefinitionProblem(string File, int Line, string Message)
{
    /// <summary>The problem as compilers print theirs: file, line, message.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}: {Message}";
}

/// <summary>A model definition or alerts.yaml is missing, malformed or inconsistent. A retry cannot mend it.</summary>
public sealed class ModelDefinitionException : Exception
{
    /// <summary>Creates the exception from at least one problem, in the order of the file.</summary>
    public ModelDefinitionException(IEnumerable<DefinitionProblem> problems)
        : this([.. problems])
    {
    }

    private ModelDefinitionException(ImmutableArray<DefinitionProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Everything that is wrong, in the order of the file.</summary>
    public ImmutableArray<DefinitionProblem> Problems { get; }
}
