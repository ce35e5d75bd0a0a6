package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.http.Headers;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.upstream.NettyUpstream;
import io.portico.transport.upstream.UpstreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of AWS's services, over a real client and a real server. */
final class AwsCallsTest {
  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private final NettyUpstream upstream = new NettyUpstream(loops, UpstreamConfig.standard());
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] answer = "taken".getBytes(UTF_8);
          exchange.sendResponseHeaders(201, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    upstream.close();
    loops.close();
  }

  private AwsCalls calls(Map<String, URI> endpoints) {
    return new AwsCalls(
        new ServiceEndpoints(endpoints, null, false),
        upstream,
        new Credentials("key", "secret", null),
        Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
  }

  private static ServiceCall call(String service, String path) {
    return new ServiceCall(
        "aws",
        "eu-west-1",
        service,
        "POST",
        path,
        Headers.of("Content-Type", "text/plain"),
        "content".getBytes(UTF_8));
  }

  @Test
  void aCallIsSignedAndSentBelowTheEndpoint() throws IOException {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/below/");

    ServiceCalls.Answer answer =
        calls(Map.of("EVENTBRIDGE", endpoint)).call(call("events", "/a/b"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).asString(UTF_8).isEqualTo("taken");
    assertThat(received.get(0)).isEqualTo("POST /below/a/b");
    assertThat(received.get(1))
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-1/events/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date, Signature=");
    assertThat(received.get(2)).isEqualTo("content");
  }

  @Test
  void aServiceThatIsNowhereSaysWhatToSet() {
    assertThatThrownBy(() -> calls(Map.of()).call(call("sns", "/")))
        .isInstanceOf(NoEndpointException.class)
        .hasMessageContaining("AWS_ENDPOINT_URL_SNS");
  }
}
