using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Receiving;
using Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Receiving;
using static Webhooks.Sdk.AspNetCore.Tests.Receiving.Support.ReceivingHost;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving;

/// <summary>What is wrong with a receiver is said when it is mapped, and what mends it.</summary>
public sealed class MappingTests
{
    [Fact]
    public void A_receiver_without_a_secret_is_told_so() => Refusal(r => Handle(r)).Should().Contain("receiver.Secret(");

    [Fact]
    public void A_receiver_without_a_handler_is_told_so() => Refusal(r => r.Secret(Secret)).Should().Contain("receiver.On<T>(");

    [Fact]
    public void A_secret_that_cannot_be_one_is_refused_without_being_repeated() =>
        Refusal(r => Handle(r).Secret("my secret")).Should().Contain("'whsec_'").And.NotContain("my secret");

    [Fact]
    public void A_format_that_nobody_signs_has_to_be_allowed()
    {
        Refusal(r => Handle(r).Profile(WebhookProfiles.DialogForm)).Should().Contain("AllowUnsigned()");
        Refusal(r => Handle(r).Secret(Secret).AllowUnsigned()).Should().Contain("is signed");
    }

    [Fact]
    public void One_type_has_one_handler() => Refusal(r => Handle(Handle(r)).Secret(Secret)).Should().Contain("'review-created' has two handlers");

    [Fact]
    public void A_type_that_cannot_be_one_is_refused() => Refusal(r => r.Secret(Secret).On("review.*", (_, _) => Task.CompletedTask)).Should().Contain("wildcard");

    [Fact]
    public void Secret_and_Sender_exclude_each_other() => Refusal(r => Handle(r).Secret(Secret).Sender(_ => new((WebhookSender?)null))).Should().Contain("Sender(…)");

    [Fact]
    public void The_background_needs_the_worker() => Refusal(r => Handle(r).Secret(Secret).InBackground()).Should().Contain("AddWebhookReceiver(r => r.UseSqlite(");

    [Fact]
    public void Two_receivers_on_one_inbox_need_two_names()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWebhookReceiver();
        var app = builder.Build();
        app.MapWebhookReceiver("/hooks", r => Handle(r).Secret(Secret));

        FluentActions.Invoking(() => app.MapWebhookReceiver("/hooks", r => Handle(r).Secret(Secret))).Should().Throw<WebhookException>().WithMessage("*receiver.Named(*");
        app.MapWebhookReceiver("/hooks2", r => Handle(r).Secret(Secret).Named("second"));
    }

    [Fact]
    public async Task A_handler_may_be_a_class_from_the_services_of_the_request()
    {
        var handled = new Handled();
        await using var host = await StartAsync(
            r => r.Secret(Secret).On<Review, ReviewHandler>("review-created"), services => services.AddSingleton(handled).AddScoped<ReviewHandler>());

        (await host.SendReviewAsync()).Should().Be(204);

        (await handled.NextAsync()).Should().Be(new Review(7, 5));
    }

    [Fact]
    public async Task A_handler_class_that_is_no_service_is_made_from_the_services()
    {
        var handled = new Handled();
        await using var host = await StartAsync(
            r => r.Secret(Secret).InBackground().On<Review, ReviewHandler>("review-created"), services => services.AddSingleton(handled).AddWebhookReceiver());

        (await host.SendReviewAsync()).Should().Be(202);

        (await handled.NextAsync()).Should().Be(new Review(7, 5));
    }

    private static ReceiverBuilder Handle(ReceiverBuilder receiver) => receiver.On<Review>("review-created", (_, _) => Task.CompletedTask);

    private static string Refusal(Action<ReceiverBuilder> receiver)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        return FluentActions.Invoking(() => app.MapWebhookReceiver("/hooks", receiver)).Should().Throw<WebhookException>().Which.Message;
    }

    internal sealed class ReviewHandler(Handled handled) : IWebhookHandler<Review>
    {
        public Task HandleAsync(Review data, ReceivedWebhook webhook, CancellationToken cancellationToken) => handled.TakeAsync(data, cancellationToken);
    }
}
