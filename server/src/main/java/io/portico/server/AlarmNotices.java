package io.portico.server;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.control.cloudwatch.AlarmNotifier;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import io.portico.server.config.AlarmsConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells webhooks and topics of SNS of alarms. */
final class AlarmNotices implements AlarmNotifier {
  private static final int FIRST_OF_REDIRECTS = 300;

  private final List<Webhook> webhooks = new ArrayList<>();
  private final Upstream upstream;
  private final ServiceCalls services;

  private record Webhook(ArnPattern actions, EndpointUrl url) {}

  /**
   * @param services where SNS is reached
   * @throws io.portico.server.config.ConfigException for a pattern or a URL that is none
   */
  AlarmNotices(AlarmsConfig config, Upstream upstream, ServiceCalls services) {
    this.upstream = upstream;
    this.services = services;
    config
        .urls()
        .forEach(
            (arn, url) -> {
              ArnPattern pattern = ArnPattern.of(arn);
              if (pattern == null) {
                throw AlarmsConfig.refused(
                    arn, "an ARN of six parts or more, such as arn:aws:sns:*:*:pages");
              }
              webhooks.add(new Webhook(pattern, EndpointUrl.of(url)));
            });
  }

  @Override
  public void send(Notice notice) throws IOException {
    Webhook webhook = webhook(notice.arn());
    if (webhook != null) {
      check(JsonPost.send(upstream, webhook.url, Map.of(), Body.of(notice.message())));
      return;
    }
    String[] arn = notice.arn().split(":", 6);
    if (!arn[2].equals("sns")) {
      throw new UnreachableException(
          "Portico reaches topics of SNS and webhooks (alarms.webhooks) alone");
    }
    publish(arn, notice);
  }

  private @Nullable Webhook webhook(String arn) {
    return webhooks.stream()
        .filter(webhook -> webhook.actions.matches(arn))
        .findFirst()
        .orElse(null);
  }

  private void publish(String[] arn, Notice notice) throws IOException {
    QueryForm form = new QueryForm("Publish", "2010-03-31");
    form.add("TopicArn", notice.arn());
    form.add("Subject", notice.subject());
    form.add("Message", notice.message());
    ServiceCall call =
        new ServiceCall(arn[1], arn[3], "sns", "POST", "/", QueryForm.HEADERS, form.bytes());
    try {
      check(services.call(call).status());
    } catch (NoEndpointException e) {
      throw new UnreachableException(String.valueOf(e.getMessage()));
    }
  }

  private static void check(int status) throws IOException {
    if (status >= FIRST_OF_REDIRECTS) {
      throw new IOException("it was answered by status " + status);
    }
  }
}
