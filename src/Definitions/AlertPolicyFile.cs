using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Files;

namespace Lifecycle.Definitions;

/// <summary>
/// An operator's <c>alerts.yaml</c> as it is now: whoever asks gets the policy of the file's newest valid content. A file that
/// became invalid, or went away, changes no rule: the last valid policy goes on, with the defect beside it. Safe for
/// concurrent use.
/// </summary>
public sealed class AlertPolicyFile
{
    private readonly Lock gate = new();
    private readonly string path;
    private FileMark seen;
    private AlertPolicyReading reading;

    private AlertPolicyFile(string path, FileMark seen, AlertPolicy policy)
    {
        this.path = path;
        this.seen = seen;
        reading = new AlertPolicyReading(policy, null);
    }

    /// <summary>Reads the file for the first time; where it does not exist, the default policy counts until it does.</summary>
    /// <exception cref="ModelDefinitionException">The file is malformed or inconsistent: there is no last valid policy yet.</exception>
    public static AlertPolicyFile Open(string file)
    {
        string path = Path.GetFullPath(file);
        return new AlertPolicyFile(path, FileMark.Of(path), AlertPolicyReader.ReadOrDefault(path));
    }

    /// <summary>The policy in force. Reads the file again when its time or length is another one than before, and only then.</summary>
    public AlertPolicyReading Read()
    {
        lock (gate)
        {
            // The mark is taken before the reading: a change in between is seen the next time.
            FileMark found = FileMark.Of(path);
            if (found != seen)
            {
                reading = ReadAgain(found);
                seen = found;
            }

            return reading;
        }
    }

    private AlertPolicyReading ReadAgain(FileMark found)
    {
        try
        {
            return found.Exists
                ? new AlertPolicyReading(AlertPolicyReader.Read(path), null)
                : Defective($"{Path.GetFileName(path)} is gone from {Path.GetDirectoryName(path)}", reading.Defect?.Since ?? seen.WrittenAt);
        }
        catch (Exception defect) when (defect is ModelDefinitionException or IOException or UnauthorizedAccessException)
        {
            return Defective(defect.Message, found.WrittenAt);
        }
    }

    private AlertPolicyReading Defective(string what, DateTimeOffset since) =>
        reading with { Defect = new AlertPolicyDefect($"{what}. The last valid rules go on; mend it, and look with: lifecycle alerts check", since) };

    private readonly record struct FileMark(bool Exists, DateTimeOffset WrittenAt, long Length)
    {
        public static FileMark Of(string path)
        {
            FileInfo file = new(path);
            return !RegularFile.IsAbsent(path) ? new FileMark(true, new DateTimeOffset(file.LastWriteTimeUtc), file.Exists ? file.Length : -1) : default;
        }
    }
}

/// <summary>What an <see cref="AlertPolicyFile"/> has to say.</summary>
/// <param name="Policy">The policy in force.</param>
/// <param name="Defect">Why the file as it is now is not in force; null when it is.</param>
public sealed record AlertPolicyReading(AlertPolicy Policy, AlertPolicyDefect? Defect);
