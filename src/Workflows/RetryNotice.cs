using System.Globalization;
using System.Text;
using Temporalio.Workflows;

namespace Lifecycle.Workflows;

/// <summary>A call of a workflow failed, and is tried again.</summary>
/// <param name="Activity">The call.</param>
/// <param name="Attempt">The attempt that failed, counted from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record RetryNotice(string Activity, int Attempt, string Reason)
{
    /// <summary>The signal that brings one. Every workflow that calls stages takes it.</summary>
    public const string SignalName = "NoteRetry";

    private const string Heading = "\n\n**Tried again:** ";

    /// <summary>
    /// Lets the running workflow show the notices in its details, until they are written anew when it comes further.
    /// </summary>
    public static void ShowInDetails()
    {
        if (Workflow.InWorkflow && !Workflow.Signals.ContainsKey(SignalName))
        {
            Workflow.Signals[SignalName] = WorkflowSignalDefinition.CreateWithoutAttribute(SignalName, ShowAsync);
        }
    }

    private static Task ShowAsync(RetryNotice notice)
    {
        string details = Workflow.CurrentDetails;
        int old = details.IndexOf(Heading, StringComparison.Ordinal);
        Workflow.CurrentDetails = (old < 0 ? details : details[..old]) + Heading + string.Create(
            CultureInfo.InvariantCulture, $"{notice.Activity}, attempt {notice.Attempt} failed: {Plain(notice.Reason)}");
        return Task.CompletedTask;
    }

    // One line, and nothing that would be read as Markdown.
    private static string Plain(string reason)
    {
        StringBuilder plain = new(reason.Length);
        foreach (char character in reason)
        {
            plain.Append(char.IsControl(character) ? ' ' : character == '`' ? '\'' : character);
        }

        return $"`{plain}`";
    }
}
