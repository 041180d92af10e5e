namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// The shell of a page for people: one file, no scripts, nothing fetched, light and dark as the reader's system has it.
/// </summary>
internal static class SelfContainedPage
{
    /// <summary>The page as HTML.</summary>
    /// <param name="title">Title of the window or tab.</param>
    /// <param name="style">The page's own style sheet among the assembly's resources; it follows the common one.</param>
    /// <param name="content">What stands in <c>main</c>.</param>
    public static string Of(string title, string style, Html content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <style>
        {Read("Page.css")}
        {Read(style)}
        </style>
        </head>
        <body>
        <main>
        {content}
        </main>
        </body>
        </html>

        """).Markup;

    private static Html Read(string name)
    {
        using Stream stream = typeof(SelfContainedPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly; see Evaluation.csproj");
        using StreamReader reader = new(stream);
        return new Html(reader.ReadToEnd().Trim());
    }
}
