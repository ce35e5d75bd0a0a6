package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.control.cloudwatch.AlarmNotifier;
import io.portico.server.config.AlarmsConfig;
import io.portico.server.config.ConfigException;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.upstream.NettyUpstream;
import io.portico.transport.upstream.UpstreamConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told of alarms, over a real client and a real server. */
@Timeout(120)
final class AlarmNoticesTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:pages";
  private static final String MESSAGE = "{\"AlarmName\":\"a & b\"}";

  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private final NettyUpstream upstream = new NettyUpstream(loops, UpstreamConfig.standard());
  private final HeardBackend backend = HeardBackend.start();

  @AfterEach
  void end() {
    backend.close();
    upstream.close();
    loops.close();
  }

  private AlarmNotices notices(String webhooks, Map<String, URI> endpoints) {
    return new AlarmNotices(
        new AlarmsConfig(webhooks.isEmpty() ? null : webhooks),
        upstream,
        new AwsCalls(
            new ServiceEndpoints(endpoints, null, false),
            upstream,
            new Credentials("key", "secret", null),
            Clock.systemUTC()));
  }

  private static AlarmNotifier.Notice notice(String arn) {
    return new AlarmNotifier.Notice(arn, "ALARM: \"a\"", MESSAGE);
  }

  @Test
  void aTopicIsPublishedToBySignedCall() throws Exception {
    notices("", Map.of("SNS", URI.create(backend.url()))).send(notice(TOPIC));

    HeardBackend.Call call = backend.called();
    assertThat(call.headers().getOrDefault("Authorization", List.of("none")).getFirst())
        .contains("/eu-west-1/sns/aws4_request");
    assertThat(call.body().split("&", -1))
        .containsExactlyInAnyOrder(
            "Action=Publish",
            "Version=2010-03-31",
            "TopicArn=" + URLEncoder.encode(TOPIC, StandardCharsets.UTF_8),
            "Subject=" + URLEncoder.encode("ALARM: \"a\"", StandardCharsets.UTF_8),
            "Message=" + URLEncoder.encode(MESSAGE, StandardCharsets.UTF_8));
  }

  @Test
  void aWebhookIsSentTheMessage() throws Exception {
    AlarmNotices notices =
        notices(
            "arn:aws:sns:*:*:other=http://127.0.0.1:1,arn:aws:sns:*:*:pages="
                + backend.url()
                + "/alarms",
            Map.of());

    notices.send(notice(TOPIC));

    HeardBackend.Call call = backend.called();
    assertThat(call.body()).isEqualTo(MESSAGE);
    assertThat(call.headers().getOrDefault("Content-type", List.of("none")).getFirst())
        .isEqualTo("application/json");
    assertThat(call.headers()).doesNotContainKey("Authorization");
  }

  @Test
  void whatNothingLeadsToCannotBeReached() {
    assertThatThrownBy(() -> notices("", Map.of()).send(notice(TOPIC)))
        .isInstanceOf(AlarmNotifier.UnreachableException.class);
    assertThatThrownBy(
            () -> notices("", Map.of()).send(notice("arn:aws:automate:us-east-1:ec2:stop")))
        .isInstanceOf(AlarmNotifier.UnreachableException.class);
  }

  @Test
  void aServerThatIsDownIsAFailureThatMayPass() {
    assertThatThrownBy(
            () -> notices("arn:aws:sns:*:*:*=http://127.0.0.1:1", Map.of()).send(notice(TOPIC)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(AlarmNotifier.UnreachableException.class);
  }

  @Test
  void whatIsNoPairIsRefused() {
    assertThatThrownBy(() -> notices("pages=http://127.0.0.1:1", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("alarms.webhooks: \"pages\"");
    assertThatThrownBy(() -> notices("arn:aws:sns:*:*:*=nowhere", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("alarms.webhooks: \"arn:aws:sns:*:*:*=nowhere\"");
  }
}
