using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

// A trimmed host publishes a typed event with source-generated JSON to a receiver in the same process and verifies what arrives.
using var free = new TcpListener(IPAddress.Loopback, 0);
free.Start();
var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
free.Stop();
using var receiver = new HttpListener();
receiver.Prefixes.Add(url);
receiver.Start();

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddWebhooks(webhooks => webhooks
    .AllowPrivateNetworks()
    .AddEvent("review-created", "A customer submits a rating.", HostJson.Default.ReviewCreated));
using var host = builder.Build();
await host.StartAsync();

var created = await host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = url });
await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync(new ReviewCreated(7, 5));

var request = await receiver.GetContextAsync();
using var body = new MemoryStream();
await request.Request.InputStream.CopyToAsync(body);
request.Response.StatusCode = 204;
request.Response.Close();
await host.StopAsync();

var verification = new WebhookVerifier(WebhookProfiles.Standard.Signer, [created.Secret!]).Verify(body.ToArray(), name => request.Request.Headers[name]);
Console.WriteLine($"{System.Text.Encoding.UTF8.GetString(body.ToArray())} {verification.Failure}");
return verification.IsVerified ? 0 : 1;

internal sealed record ReviewCreated(int Id, int Rating);

[JsonSerializable(typeof(ReviewCreated))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class HostJson : JsonSerializerContext;
