using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Interop.Tests.Programs;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Interop.Tests;

/// <summary>What validators that others wrote say of the OpenAPI documents.</summary>
public sealed class OpenApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_is_valid_OpenAPI_and_its_examples_fit_its_schemas()
    {
        var folder = Directory.CreateTempSubdirectory("webhooks-openapi-");
        try
        {
            var files = await SaveDocumentsAsync(folder.FullName);

            using var program = Node.Start("openapi.mjs", files);
            var ended = await program.EndAsync();

            ended.ExitCode.Should().Be(0, ended.Error);
            ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(files.Count);
            ended.Output.Should().Contain("3 examples");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<string>> SaveDocumentsAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(webhooks => webhooks
            .AddEvent<Review>("review.created", "A review.", """{"id":7,"rating":5,"answers":[{"id":8,"rating":1,"answers":[]}]}""")
            .AddEvent("messages.sent", "A message was sent.", """{"to":"a@example.com"}"""));
        await using var app = builder.Build();
        app.MapWebhooks("/api").AllowAnonymous();
        await app.StartAsync(Cancel);

        using HttpClient client = new() { BaseAddress = new(app.Urls.Single()) };
        List<string> files = [];
        foreach (var path in WebhookProfiles.All.Select(p => $"/api/openapi/webhooks/{p.Name}").Prepend("/api/openapi.json"))
        {
            var file = Path.Combine(folder, $"{files.Count}.json");
            await File.WriteAllTextAsync(file, await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel), Cancel);
            files.Add(file);
        }

        return files;
    }

    private sealed record Review(int Id, int Rating, IReadOnlyList<Review> Answers);
}
