using System.Collections.Immutable;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Rules;

/// <summary>Everything that a well-formed alerts.yaml must also be.</summary>
internal static class AlertPolicyRules
{
    /// <summary>All breaches, in no particular order.</summary>
    public static IEnumerable<RuleBreach> Check(AlertPolicy policy) =>
    [
        .. Names("receivers", policy.Receivers.Keys),
        .. Names("rules", policy.Rules.Keys),
        .. policy.Receivers.SelectMany(receiver => AlertReceiverRules.Check($"receivers.{receiver.Key}", receiver.Value)),
        .. policy.Routes.Index().SelectMany(route => CheckRoute(policy, $"routes[{route.Index}]", route.Item)),
        .. policy.Rules.SelectMany(rule => CheckRule($"rules.{rule.Key}", rule.Value)),
        .. CheckGrouping(policy.Grouping),
    ];

    private static IEnumerable<RuleBreach> Names(string path, IEnumerable<string> names) =>
        names.Where(name => !IdentifierRules.IsSlug(name))
            .Select(name => new RuleBreach($"{path}.{name}", $"the name '{name}' is not allowed; expected {IdentifierRules.SlugNoun}"));

    private static IEnumerable<RuleBreach> CheckRoute(AlertPolicy policy, string path, AlertRoute route)
    {
        if (route.Receivers.IsEmpty)
        {
            yield return new($"{path}.receivers", $"'{path}.receivers' is empty; name at least one receiver");
        }

        foreach ((int index, string name) in route.Receivers.Index().Where(receiver => !policy.Receivers.ContainsKey(receiver.Item)))
        {
            yield return new($"{path}.receivers[{index}]", $"there is no receiver '{name}'; {Advice(name, policy.Receivers.Keys, "add one under 'receivers'")}");
        }

        if (route.Rule is { } rule && !policy.Rules.ContainsKey(rule))
        {
            yield return new($"{path}.rule", $"there is no rule '{rule}'; {Advice(rule, policy.Rules.Keys, "add one under 'rules'")}");
        }
    }

    private static IEnumerable<RuleBreach> CheckRule(string path, AlertRule rule)
    {
        if (rule is AlertRule.Threshold { Above: null, Below: null })
        {
            yield return new(path, $"'{path}' has neither 'above' nor 'below'; give at least one");
        }
    }

    private static IEnumerable<RuleBreach> CheckGrouping(AlertGrouping grouping)
    {
        if (grouping.RepeatInterval < grouping.GroupInterval)
        {
            yield return new("grouping.repeatInterval", "'grouping.repeatInterval' is shorter than 'grouping.groupInterval'; make it at least as long");
        }
    }

    private static string Advice(string name, IEnumerable<string> known, string otherwise) =>
        NearestName.Of(name, known) is { } nearest ? $"did you mean '{nearest}'?" : otherwise;
}
