using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>Drawn on the server, in the colour of the text around them, and always beside a word.</summary>
internal static class Icons
{
    public static Markup Hook => Icon("""M12 4a3.5 3.5 0 0 1 3 5.3l-2.6 4.4M9 7.5a3.5 3.5 0 1 0-3.4 6.7 3.5 3.5 0 0 0 3.9-3.5h5.6m-.6 5.8a3.5 3.5 0 1 0 1.5-6.6""");

    public static Markup Check => Icon("M5 12.5l4.5 4.5L19 7.5");

    public static Markup Warning => Icon("M12 8.5v4.5m0 3.2v.1M10.6 4.6 3.3 17.4A1.6 1.6 0 0 0 4.7 19.8h14.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.6a1.6 1.6 0 0 0-2.8 0z");

    public static Markup Cross => Icon("M7 7l10 10M17 7 7 17");

    public static Markup Clock => Icon("M12 7.5V12l3 2m5.5-2a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0z");

    public static Markup Pause => Icon("M9 7v10M15 7v10");

    public static Markup More => Icon("M6 12h.01M12 12h.01M18 12h.01");

    public static Markup Plus => Icon("M12 5.5v13M5.5 12h13");

    public static Markup Send => Icon("M20 4 10.5 13.5M20 4l-6 16-3.5-6.5L4 10z");

    public static Markup Again => Icon("M4.5 12a7.5 7.5 0 1 1 2.2 5.3M4.5 12V7.5M4.5 12H9");

    private static Markup Icon(string path) =>
        Html($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{path}"/></svg>""");
}
