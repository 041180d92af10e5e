using System.CommandLine;
using Lifecycle.Cli.Options;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;

namespace Lifecycle.Cli.Releases;

/// <summary>
/// Who asks: <c>--as NAME</c> signs the request with that engineer's key where the home has it, or with the one of <c>--key</c>. A name
/// without a key is only a name: the request is shown as unverified, and needs two different approvers.
/// </summary>
public sealed class RequesterOptions
{
    private const double DefaultValidityHours = 24;
    private readonly Option<string> requester;
    private readonly Option<FileInfo?> key = new("--key") { Description = "Private key to sign the request with (default: keys/NAME.key.pem in the home; without one it is not signed)", HelpName = "FILE" };
    private readonly Option<double> hours = new("--valid-for") { Description = "Hours that the signed request can be begun by; the model's policy has an upper bound", DefaultValueFactory = _ => DefaultValidityHours, HelpName = "HOURS" };

    /// <summary>The options of a verb.</summary>
    /// <param name="isRequired">Whether a name has to be given; otherwise it is the user's.</param>
    public RequesterOptions(bool isRequired)
    {
        requester = new("--as") { Description = "Who asks. With the key of that engineer the request is signed, and they may not approve it", HelpName = "NAME", Required = isRequired };
        if (!isRequired)
        {
            requester.DefaultValueFactory = _ => Environment.UserName;
        }
    }

    /// <summary>The options to add to the verb.</summary>
    public IReadOnlyList<Option> All => [requester, key, hours];

    /// <summary>The name that was given.</summary>
    public string NameOf(ParseResult parsed) => parsed.GetValue(requester)!;

    /// <summary>Whether there is a key to sign with.</summary>
    public bool Signs(ParseResult parsed) => parsed.GetValue(key) is not null
        || (PlainName.IsValid(NameOf(parsed)) && new KeyFolder(GlobalOptions.HomeOf(parsed).Root).Has(NameOf(parsed)));

    /// <summary>Signs what is asked for; null where there is no key.</summary>
    public RequestEnvelope? Sign(ParseResult parsed, AskedFor asked)
    {
        if (!Signs(parsed))
        {
            return null;
        }

        using SigningKey signer = DecisionKeys.Open(GlobalOptions.HomeOf(parsed), NameOf(parsed), parsed.GetValue(key));
        return RequestSigner.Sign(RequestSigner.Make(asked, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(parsed.GetValue(hours))), signer);
    }
}
