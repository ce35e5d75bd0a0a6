package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What calls of an API have to do with alarms: from a listener to whoever is told. */
@Timeout(120)
final class AlarmOfTrafficTest {
  private static final String WEBHOOK = "arn:aws:sns:us-east-1:000000000000:pages";
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:team";
  private static final String ALARM =
      """
      {"AlarmName": "failing", "Namespace": "AWS/ApiGateway", "MetricName": "5XXError",
       "Dimensions": [{"Name": "ApiName", "Value": "shop"}, {"Name": "Stage", "Value": "prod"}],
       "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 2,
       "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching",
       "AlarmActions": ["%1$s", "%2$s"], "OKActions": ["%1$s", "%2$s"]}
      """
          .formatted(WEBHOOK, TOPIC);

  private static final Map<String, Long> BOTH_TWICE =
      Map.of(
          "Successfully executed action " + WEBHOOK, 2L,
          "Successfully executed action " + TOPIC, 2L);

  @TempDir Path data;

  /** Takes messages as SNS does. */
  private static HeardBackend.Reply published(HeardBackend.Call call) {
    Map<String, String> form = form(call);
    if (!call.header("Authorization").contains("/us-east-1/sns/aws4_request, SignedHeaders=")) {
      return new HeardBackend.Reply(403, "<ErrorResponse><Error><Code>MissingAuthenticationToken");
    }
    if (!"Publish".equals(form.get("Action"))
        || !"2010-03-31".equals(form.get("Version"))
        || !TOPIC.equals(form.get("TopicArn"))) {
      return new HeardBackend.Reply(400, "<ErrorResponse><Error><Code>InvalidParameter");
    }
    return new HeardBackend.Reply(
        200,
        """
        <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>\
        <MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult>\
        </PublishResponse>""");
  }

  private static Map<String, String> form(HeardBackend.Call call) {
    return Stream.of(call.body().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static void assertTold(String message, String before, String state, String reason) {
    JsonNode told = Json.parse(message);
    assertThat(told.path("AlarmName").asString()).isEqualTo("failing");
    assertThat(told.path("OldStateValue").asString()).isEqualTo(before);
    assertThat(told.path("NewStateValue").asString()).isEqualTo(state);
    assertThat(told.path("NewStateReason").asString()).isEqualTo(reason);
  }

  @Test
  void aBackendThatFailsSetsAnAlarmOffUntilItAnswersAgain() throws Exception {
    ToldClock clock = new ToldClock("2026-01-02T03:04:10Z");
    AtomicInteger status = new AtomicInteger(503);
    try (HeardBackend backend =
            HeardBackend.answering(call -> new HeardBackend.Reply(status.get(), "so"));
        HeardBackend webhook = HeardBackend.start();
        HeardBackend topics = HeardBackend.answering(AlarmOfTrafficTest::published);
        PassingGateway gateway =
            new PassingGateway(
                data,
                Map.of(
                    "PORTICO_ALARMS_WEBHOOKS", "arn:aws:sns:*:*:pages=" + webhook.url() + "/told"),
                Map.of("AWS_ENDPOINT_URL_SNS", topics.url()),
                clock)) {
      PassingGateway.Api api = gateway.api("shop", backend);
      JsonNode _ = gateway.cloudWatch("PutMetricAlarm", ALARM);

      for (int i = 0; i < 3; i++) {
        assertThat(gateway.call(api, "/pets")).isEqualTo(503);
      }
      clock.set("2026-01-02T03:05:00Z");

      String failing =
          "Threshold Crossed: 1 datapoint [3.0 (02/01/26 03:04:00)] was greater than the threshold"
              + " (2.0).";
      assertTold(webhook.called().body(), "INSUFFICIENT_DATA", "ALARM", failing);
      Map<String, String> alarm = form(topics.called());
      assertThat(alarm).containsEntry("Subject", "ALARM: \"failing\" in US East (N. Virginia)");
      assertTold(alarm.getOrDefault("Message", ""), "INSUFFICIENT_DATA", "ALARM", failing);

      status.set(200);
      assertThat(gateway.call(api, "/pets")).isEqualTo(200);
      clock.set("2026-01-02T03:06:00Z");

      String well =
          "Threshold Crossed: 1 datapoint [0.0 (02/01/26 03:05:00)] was not greater than the"
              + " threshold (2.0).";
      assertTold(webhook.called().body(), "ALARM", "OK", well);
      Map<String, String> ok = form(topics.called());
      assertThat(ok).containsEntry("Subject", "OK: \"failing\" in US East (N. Virginia)");
      assertTold(ok.getOrDefault("Message", ""), "ALARM", "OK", well);
      PassingGateway.until("both are told twice", () -> told(gateway).equals(BOTH_TWICE));
    }
  }

  /** What the alarm's history says of its actions, and how often. */
  private static Map<String, Long> told(PassingGateway gateway) throws Exception {
    return gateway
        .cloudWatch(
            "DescribeAlarmHistory", "{\"AlarmName\": \"failing\", \"HistoryItemType\": \"Action\"}")
        .path("AlarmHistoryItems")
        .valueStream()
        .collect(
            Collectors.groupingBy(
                item -> item.path("HistorySummary").asString(), Collectors.counting()));
  }
}
