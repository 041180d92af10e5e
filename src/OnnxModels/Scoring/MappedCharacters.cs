using System.Text;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Letters and marks that IDNA maps to others or composes (UTS #46, NFKC). Doing so takes Unicode tables that the platform
/// leaves out under InvariantGlobalization; passed through as they are, such characters would name another host.
/// </summary>
internal static class MappedCharacters
{
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x00AA, 0x00AA), (0x00BA, 0x00BA), // ordinal indicators
        (0x0130, 0x0130), (0x0132, 0x0133), (0x013F, 0x0140), (0x0149, 0x0149), (0x017F, 0x017F), // Latin ligatures, long s
        (0x01C4, 0x01CC), (0x01F1, 0x01F3), // Latin digraphs
        (0x02B0, 0x02FF), (0x1D2C, 0x1D6A), (0x1D78, 0x1D78), (0x1D9B, 0x1DBF), // modifier letters
        (0x0300, 0x036F), (0x3099, 0x309A), // marks of decomposed Latin letters and kana
        (0x1100, 0x11FF), (0x3131, 0x318F), // Hangul by parts
        (0x2070, 0x209F), (0x2100, 0x218F), // superscripts, letter-like symbols
        (0xF900, 0xFDFF), (0xFE00, 0xFEFF), (0xFF00, 0xFFEF), // compatibility, presentation, half- and full-width forms
        (0x1D400, 0x1D7FF), (0x1EE00, 0x1EEFF), (0x2F800, 0x2FA1F), // mathematical letters, compatibility ideographs
    ];

    public static bool Contains(Rune rune) => Array.Exists(Ranges, range => rune.Value >= range.First && rune.Value <= range.Last);
}
