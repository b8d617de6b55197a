namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>One browser, one test at a time.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
