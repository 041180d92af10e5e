using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// Markup that is safe to show. It is only made from interpolated strings: what stands in the source is markup, what is
/// filled in is escaped, unless it is <see cref="Html"/> itself. A name from a model definition cannot become a tag.
/// </summary>
/// <param name="Markup">The markup.</param>
internal readonly record struct Html(string Markup)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Markup from an interpolated string; numbers are written in the invariant culture.</summary>
    public static Html Of(Handler markup) => new(markup.ToString());

    /// <summary>Pieces of markup one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    public override string ToString() => Markup;

    /// <summary>Escapes what is filled in.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Handler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder builder = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => builder.Append(literal);

        public void AppendFormatted(Html html) => builder.Append(html.Markup);

        public void AppendFormatted(string? text) => builder.Append(Encoder.Encode(text ?? string.Empty));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => builder.ToString();
    }
}
