using System.Globalization;
using System.Text;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Mail;

/// <summary>A message as plain text for people.</summary>
internal static class MailText
{
    private const int SubjectLength = 120;

    /// <summary>The subject: one line, cut.</summary>
    public static string Subject(AlertMessage message)
    {
        string state = message.Status == AlertMessageStatus.Resolved ? "RESOLVED" : $"{message.Severity}".ToUpperInvariant();
        string text = $"[{state}] {OneLine(message.Summary)}";
        return text.Length <= SubjectLength ? text : text[..SubjectLength] + "...";
    }

    /// <summary>The body.</summary>
    public static string Body(AlertMessage message)
    {
        StringBuilder text = new();
        Line(text, OneLine(message.Summary));
        Line(text, "");
        Line(text, $"Status: {message.Status} ({message.Reason}), severity {message.Severity}, {message.Count} firing");
        Line(text, $"About: {string.Join(", ", message.GroupLabels.Select(label => $"{label.Key} {OneLine(label.Value)}"))}");
        Line(text, $"At: {message.CreatedAt:yyyy-MM-dd HH:mm:ss}Z, message {message.Id}");
        Section(text, "Strongest", message.Findings.Select(finding => $"{OneLine(finding.Name)}  {finding.Strength:0.####}  {OneLine(finding.Note)}"));
        Section(text, "Alerts", message.Alerts.Select(alert =>
            $"{(alert.IsFiring ? "firing" : "ended")} since {alert.StartsAt:yyyy-MM-dd HH:mm:ss}Z: {OneLine(alert.Summary)}"));
        if (message.TruncatedAlerts > 0)
        {
            Line(text, $"  ... and {message.TruncatedAlerts} more; list them with 'lifecycle alerts list'");
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all is [])
        {
            return;
        }

        Line(text, "");
        Line(text, $"{title}:");
        foreach (string line in all)
        {
            Line(text, $"  {line.TrimEnd()}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => Line(text, line.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");

    // Names come from data: none may begin a line, or a header, of its own.
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
