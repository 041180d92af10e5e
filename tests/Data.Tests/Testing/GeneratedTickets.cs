using System.Text;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>Support tickets that a seeded generator made up: nothing in them is real.</summary>
internal static class GeneratedTickets
{
    private static readonly string[] Teams = ["billing", "network", "accounts"];
    private static readonly string[] Urgent = ["server down again", "cannot log in, customers waiting", "outage in \"north\" office", "lost all data"];
    private static readonly string[] Calm = ["question about my invoice", "please change the name", "how do I print", "feature wish, no hurry", "new phone"];

    public static string Csv(int seed, int rows)
    {
        Random random = new(seed);
        StringBuilder csv = new("id,subject,team,urgent\n");
        for (int row = 0; row < rows; row++)
        {
            bool isUrgent = random.Next(5) == 0;
            string[] subjects = isUrgent == random.Next(20) > 0 ? Urgent : Calm;
            string subject = $"{subjects[random.Next(subjects.Length)]} {random.Next(1000)}".Replace("\"", "\"\"", StringComparison.Ordinal);
            csv.Append($"T-{row:D5},\"{subject}\",{Teams[random.Next(Teams.Length)]},{(isUrgent ? "true" : "false")}\n");
        }

        return csv.ToString();
    }
}
