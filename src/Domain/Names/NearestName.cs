namespace Lifecycle.Domain.Names;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
public static class NearestName
{
    /// <summary>
    /// The nearest of <paramref name="names"/> by optimal string alignment distance without regard to case, if it is near
    /// enough to be a slip: at most two edits, or a third of the word. Ties go to the first name.
    /// </summary>
    public static string? Of(string misspelt, IEnumerable<string> names)
    {
        int farthest = Math.Max(2, misspelt.Length / 3);
        return names
            .Select(name => (Name: name, Distance: Distance(misspelt.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= farthest && candidate.Distance < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static int Distance(string from, string to)
    {
        int[,] distance = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (int j = 0; j <= to.Length; j++)
        {
            distance[0, j] = j;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int substituted = distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                int shortest = Math.Min(substituted, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                distance[i, j] = swapped ? Math.Min(shortest, distance[i - 2, j - 2] + 1) : shortest;
            }
        }

        return distance[from.Length, to.Length];
    }
}
