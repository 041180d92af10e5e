using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Rules;

/// <summary>A drift policy's numbers fit together: none makes a rule that can never speak, or a bound that is never reached.</summary>
internal static class DriftPolicyRules
{
    /// <summary>All breaches of a policy.</summary>
    /// <param name="prefix">Where the policy lies, with its dot; empty at the top of a file.</param>
    /// <param name="policy">The policy.</param>
    public static IEnumerable<RuleBreach> Check(string prefix, DriftPolicy policy)
    {
        if (policy.AgreeingWindows > policy.RecentWindows)
        {
            yield return new($"{prefix}agreeingWindows", string.Create(CultureInfo.InvariantCulture,
                $"'agreeingWindows' is {policy.AgreeingWindows} of {policy.RecentWindows} 'recentWindows', which never happens; expected at most {policy.RecentWindows}"));
        }

        if (policy.SeparationWarnAt > policy.SeparationActAt)
        {
            yield return new($"{prefix}separationWarnAt", string.Create(CultureInfo.InvariantCulture,
                $"'separationWarnAt' is {policy.SeparationWarnAt}, above 'separationActAt' {policy.SeparationActAt}; expected at most that"));
        }

        if (policy.MaximumCoolDown < policy.CoolDown)
        {
            yield return new($"{prefix}maximumCoolDown", string.Create(CultureInfo.InvariantCulture,
                $"'maximumCoolDown' is {policy.MaximumCoolDown.TotalDays:0.##} days, below 'coolDown' of {policy.CoolDown.TotalDays:0.##}; expected at least that"));
        }
    }
}
