using System.Globalization;
using System.Text;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>Support tickets that a seeded generator made up: nothing in them is real.</summary>
internal static class GeneratedTickets
{
    private static readonly string[] Teams = ["billing", "network", "accounts"];

    private static readonly (string Priority, double Hours, string[] Subjects)[] Kinds =
    [
        ("low", 40, ["question about my invoice", "feature wish, no hurry", "how do I print"]),
        ("normal", 16, ["please change the name", "new phone", "cannot find the \"north\" office"]),
        ("high", 3, ["server down again", "cannot log in, customers waiting", "lost all data"]),
    ];

    /// <summary>The tickets of one month as CSV, spread evenly over its days; a tenth of them has another priority than its subject says.</summary>
    public static string Csv(int seed, int rows, DateOnly month)
    {
        Random random = new(seed);
        DateTime first = month.ToDateTime(TimeOnly.MinValue);
        double minutes = (first.AddMonths(1) - first).TotalMinutes;
        StringBuilder csv = new("id,opened_at,subject,team,seats,has_contract,hours,priority\n");
        for (int row = 0; row < rows; row++)
        {
            (string priority, double hours, string[] subjects) = Kinds[random.Next(10) switch { < 5 => 0, < 8 => 1, _ => 2 }];
            string subject = $"{subjects[random.Next(subjects.Length)]} {random.Next(1000)}".Replace("\"", "\"\"", StringComparison.Ordinal);
            string seats = random.Next(4) == 0 ? "" : random.Next(1, 500).ToString(CultureInfo.InvariantCulture);
            bool hasContract = random.Next(3) > 0;
            double taken = hours * (hasContract ? 1 : 2) * -Math.Log(1 - random.NextDouble());
            string decided = random.Next(10) == 0 ? Kinds[random.Next(3)].Priority : priority;
            csv.Append(CultureInfo.InvariantCulture, $"T-{row:D5},{first.AddMinutes(Math.Floor(minutes * row / rows)):yyyy-MM-dd HH:mm:ss},\"{subject}\",{Teams[random.Next(Teams.Length)]},{seats},{(hasContract ? "true" : "false")},{Math.Min(taken, 1999):0.00},{decided}\n");
        }

        return csv.ToString();
    }
}
