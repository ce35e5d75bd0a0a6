package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.lambda.code.ObjectStore.Fetched;
import io.portico.lambda.code.ObjectStore.ObjectName;
import io.portico.server.config.ConfigLoader;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.upstream.NettyUpstream;
import io.portico.transport.upstream.UpstreamConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Objects of a server that speaks GetObject. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3ObjectStoreTest {
  private static final int MOST = 1_000_000;

  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private final NettyUpstream upstream = new NettyUpstream(loops, UpstreamConfig.standard());
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  private HttpListener s3;

  @BeforeAll
  void listen() throws IOException {
    s3 =
        HttpListener.start(
            loops,
            ListenerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            this::answer);
  }

  @AfterAll
  void end() {
    s3.close();
    upstream.close();
    loops.close();
  }

  private HttpResponse answer(HttpRequest request) {
    requests.add(request);
    return switch (request.rawPath()) {
      case "/prefix/bucket/large" -> answer(200, new byte[MOST + 1]);
      case "/prefix/bucket/whole" -> answer(200, new byte[MOST]);
      case "/prefix/bucket/odd" -> answer(503, "<html>busy".getBytes(UTF_8));
      case "/prefix/bucket/missing" ->
          answer(
              404,
              ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The"
                      + " specified key does not exist.</Message><Key>a &amp; b</Key></Error>")
                  .getBytes(UTF_8));
      default -> answer(200, "content".getBytes(UTF_8));
    };
  }

  private static HttpResponse answer(int status, byte[] body) {
    return new HttpResponse(status, Headers.empty(), Body.of(body));
  }

  private Fetched fetch(Map<String, String> environment, String key, @Nullable String version) {
    AwsSettings settings =
        new AwsSettings(
            new ConfigLoader()
                .load(null, Map.of(), Map.of("ephemeral", "true", "port", "0"))
                .config(),
            environment,
            new OwnListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    return new S3ObjectStore(
            settings.endpoints(), upstream, settings.credentials(), Clock.systemUTC())
        .fetch(new ObjectName("bucket", key, version, "eu-west-1"), MOST);
  }

  private Fetched fetch(String key, @Nullable String version) {
    return fetch(
        Map.of(
            "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + s3.address().getPort() + "/prefix",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret"),
        key,
        version);
  }

  @Test
  void anObjectIsAskedForByASignedCall() {
    requests.clear();

    Fetched fetched = fetch("a folder/ü+(1).zip", "v/1");

    assertThat(fetched).isInstanceOf(Fetched.Content.class);
    assertThat(((Fetched.Content) fetched).bytes()).asString(UTF_8).isEqualTo("content");
    HttpRequest request = requests.getFirst();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target())
        .isEqualTo("/prefix/bucket/a%20folder/%C3%BC%2B%281%29.zip?versionId=v%2F1");
    assertThat(request.headers().first("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=id/")
        .contains("/eu-west-1/s3/aws4_request");
  }

  @Test
  void whatS3RefusesHasItsCodeAndMessage() {
    assertThat(fetch("missing", null))
        .isEqualTo(new Fetched.Refused("NoSuchKey", "The specified key does not exist."));
  }

  @Test
  void aRefusalThatIsNoErrorOfS3HasItsStatus() {
    assertThat(fetch("odd", null))
        .isEqualTo(new Fetched.Refused("503", "S3's endpoint does not say why."));
  }

  @Test
  void anObjectMayHaveSoManyBytesAndNoMore() {
    assertThat(fetch("whole", null)).isInstanceOf(Fetched.Content.class);
    assertThat(fetch("large", null)).isEqualTo(new Fetched.TooLarge());
  }

  @Test
  void withoutAnEndpointItSaysWhatToSet() {
    requests.clear();

    Fetched fetched = fetch(Map.of(), "any", null);

    assertThat(fetched).isInstanceOf(Fetched.Unavailable.class);
    assertThat(((Fetched.Unavailable) fetched).reason())
        .contains("AWS_ENDPOINT_URL_S3")
        .contains("aws.call-aws")
        .contains("S3Bucket=_portico");
    assertThat(requests).isEmpty();
  }

  @Test
  void anEndpointThatDoesNotAnswerIsNamed() throws IOException {
    // Nobody else's, and it takes no connections.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String address = "127.0.0.1:" + taken.getLocalPort();

      Fetched fetched = fetch(Map.of("AWS_ENDPOINT_URL", "http://" + address), "any", null);

      assertThat(fetched).isInstanceOf(Fetched.Unavailable.class);
      assertThat(((Fetched.Unavailable) fetched).reason())
          .startsWith("S3 does not answer at " + address + ": ");
    }
  }
}
