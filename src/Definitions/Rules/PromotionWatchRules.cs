using System.Globalization;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Promotions;

namespace Lifecycle.Definitions.Rules;

/// <summary>A watch after promotion looks at least once, and not so often that its looks cost more than they tell.</summary>
internal static class PromotionWatchRules
{
    private const string Path = "watch.afterPromotion";
    private const double MostLooks = 10_000;

    /// <summary>All breaches of a policy.</summary>
    public static IEnumerable<RuleBreach> Check(PromotionWatchPolicy policy)
    {
        if (policy.Interval > policy.Duration)
        {
            yield return new($"{Path}.interval", string.Create(CultureInfo.InvariantCulture,
                $"'interval' is {policy.Interval:c} of a 'duration' of {policy.Duration:c}; expected at most the duration"));
        }
        else if (policy.Duration / policy.Interval > MostLooks)
        {
            yield return new($"{Path}.interval", string.Create(CultureInfo.InvariantCulture,
                $"'interval' makes {policy.Duration / policy.Interval:0} looks of 'duration'; expected at most {MostLooks:0}: look less often, or for a shorter time"));
        }
    }
}
