using Microsoft.AspNetCore.Authentication.Cookies;
using ReviewPlatform.Accounts;
using ReviewPlatform.Events;
using ReviewPlatform.Messages;
using ReviewPlatform.Pages;
using ReviewPlatform.Reviews;

// ReviewPlatform                                  webhooks in review-platform.db
// ReviewPlatform --postgres "Host=…;Username=…"   webhooks in PostgreSQL
// ReviewPlatform --retry-scale 0.001              hours of retries in seconds, to see what happens
var builder = WebApplication.CreateBuilder(args);

builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SignIn.Configure);
builder.Services.AddAuthorization(Policies.Add);
builder.Services.AddAntiforgery();
builder.Services.AddSingleton<ReviewBook>();
builder.Services.AddSingleton<Inbox>();
builder.Services.AddWebhooks(webhooks => webhooks
    .AddPlatformEvents()
    .UsePlatformProfile(builder.Configuration.GetValue("retry-scale", 1.0))
    .UsePlatformStore(builder.Configuration)
    .UseTenantFromRoute("project")
    .AllowPrivateNetworks()); // the endpoints of a demonstration are on this machine; leave it out everywhere else

var app = builder.Build();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapHome();
app.MapSignIn();
app.MapReviews();
app.MapMessages();

var project = app.MapGroup("/projects/{project}").RequireAuthorization(Policies.Owner);
project.MapProjectSettings();
project.MapWebhooks("/api/webhooks");
project.MapWebhooksDashboard("/settings/webhooks", dashboard => (dashboard.BackUrl, dashboard.BackText) = ("/projects/{project}/settings", "Settings › API"));
app.MapWebhooksOperatorDashboard("/admin/webhooks", dashboard => dashboard.BackUrl = "/").RequireAuthorization(Policies.Operator);

app.Run();
