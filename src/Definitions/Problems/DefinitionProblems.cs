namespace Lifecycle.Definitions.Problems;

/// <summary>Gathers the problems of one file, so that one reading shows all of them.</summary>
internal sealed class DefinitionProblems(string file)
{
    private readonly List<DefinitionProblem> problems = [];

    /// <summary>Notes a problem at a line; 0 speaks of the file as a whole.</summary>
    public void Add(int line, string message) => problems.Add(new DefinitionProblem(file, line, message));

    /// <summary>Throws if anything was noted.</summary>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new ModelDefinitionException(problems.OrderBy(problem => problem.Line));
        }
    }

    /// <summary>The exception for a problem after which reading cannot go on.</summary>
    public ModelDefinitionException Fatal(int line, string message)
    {
        Add(line, message);
        return new ModelDefinitionException(problems);
    }
}
