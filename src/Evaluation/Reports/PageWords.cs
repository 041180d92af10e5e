using System.Globalization;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Words that several parts of the page share.</summary>
internal static class PageWords
{
    /// <summary>A title with a capital letter.</summary>
    public static string Title(string title) => $"{char.ToUpperInvariant(title[0])}{title[1..]}";

    /// <summary>How many rows are of which class, behind a separator; of two classes the second alone. Empty where labels are numbers.</summary>
    public static string Classes(EvaluationReport report, SliceMetrics? metrics, string separator) => (report.Classes.Length, metrics) switch
    {
        (0, _) => "",
        (_, null or { ClassRows.IsEmpty: true }) => $"{separator}— of each class",
        (2, { } found) => string.Create(CultureInfo.InvariantCulture, $"{separator}{found.ClassRows[1]:N0} of class {report.Classes[1]}"),
        (_, { } found) => $"{separator}{string.Join(", ", report.Classes.Zip(found.ClassRows, (name, rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} of {name}")))}",
    };
}
