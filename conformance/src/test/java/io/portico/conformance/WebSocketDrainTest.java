package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import io.portico.conformance.wire.ListeningPort;
import io.portico.conformance.wire.WebSocketClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * SIGTERM ends WebSocket connections in good order: clients hear 1001, and integrations one {@code
 * $disconnect} of each, before the process ends. What is being handled is answered first, for as
 * long as {@code drain-timeout} says.
 */
final class WebSocketDrainTest {
  private static final int CLIENTS = 20;
  private static final int LIMIT_SECONDS = 30;
  private static final int GOING_AWAY = 1001;
  private static final String STAGE = "prod";

  private final Queue<String> connected = new ConcurrentLinkedQueue<>();
  private final Queue<String> disconnected = new ConcurrentLinkedQueue<>();
  private final Queue<String> handled = new ConcurrentLinkedQueue<>();
  private final CountDownLatch underWay = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Backend backend = Backend.answering(this::answer);

  @AfterEach
  void end() {
    release.countDown();
    backend.close();
  }

  /** Messages are held until the test releases them. */
  private Answer answer(Request request) {
    String id = String.valueOf(request.header("Connection-id"));
    switch (request.uri().getPath()) {
      case "/connect" -> connected.add(id);
      case "/disconnect" -> disconnected.add(id);
      default -> {
        handled.add(request.body());
        underWay.countDown();
        awaitRelease();
      }
    }
    return new Answer(200, Map.of("Content-Type", "text/plain"), "answer to " + request.body());
  }

  private void awaitRelease() {
    try {
      if (!release.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the test never released the backend");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while holding an answer back", e);
    }
  }

  private static PorticoProcess server(String drainTimeout) {
    return PorticoProcess.start(
        Map.of("PORTICO_DRAIN_TIMEOUT", drainTimeout), "serve", "--ephemeral", "--port", "0");
  }

  @Test
  void everyClientAndEveryIntegrationHearsOfTheEndOnce() {
    try (PorticoProcess server = server("20s")) {
      URI address = deployed(server.endpoint());
      List<WebSocketClient> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(WebSocketClient.connect(address));
        }

        server.terminate();
        List<Integer> codes = clients.stream().map(WebSocketClient::closeCode).toList();
        int exit = server.awaitExit();

        assertThat(codes).hasSize(CLIENTS).containsOnly(GOING_AWAY);
        assertThat(exit).isIn(0, 143);
        assertThat(connected).hasSize(CLIENTS).doesNotHaveDuplicates();
        assertThat(disconnected).containsExactlyInAnyOrderElementsOf(connected);
      } finally {
        clients.forEach(WebSocketClient::close);
      }
    }
  }

  @Test
  void whatWasSentBeforeIsHandledAndAnswered() throws InterruptedException {
    try (PorticoProcess server = server("20s");
        WebSocketClient client = WebSocketClient.connect(deployed(server.endpoint()))) {
      client.send("one");
      client.send("two");
      awaitMessage();

      server.terminate();
      ListeningPort.awaitRefusal(server.endpoint().port());
      assertThat(disconnected).isEmpty();
      release.countDown();

      assertThat(client.received()).isEqualTo("answer to one");
      assertThat(client.received()).isEqualTo("answer to two");
      assertThat(client.closeCode()).isEqualTo(GOING_AWAY);
      assertThat(server.awaitExit()).isIn(0, 143);
      assertThat(handled).containsExactly("one", "two");
      assertThat(disconnected).containsExactlyElementsOf(connected).hasSize(1);
    }
  }

  @Test
  void whatTakesLongerThanTheServerMayIsGivenUp() throws InterruptedException {
    try (PorticoProcess server = server("500ms");
        WebSocketClient client = WebSocketClient.connect(deployed(server.endpoint()))) {
      client.send("one");
      client.send("two");
      awaitMessage();

      server.terminate();

      assertThat(client.closeCode()).isEqualTo(GOING_AWAY);
      assertThat(server.awaitExit()).isIn(0, 143);
      assertThat(handled).as("what waited is dropped").containsExactly("one");
      assertThat(disconnected).containsExactlyElementsOf(connected).hasSize(1);
    }
  }

  private void awaitMessage() throws InterruptedException {
    assertThat(underWay.await(LIMIT_SECONDS, TimeUnit.SECONDS)).as("a message came").isTrue();
  }

  /** A WebSocket API whose backend hears of connections, and answers messages. */
  private URI deployed(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
      String api =
          v2.call(
                  "CreateApi",
                  Map.of(
                      "Name",
                      "drained",
                      "ProtocolType",
                      "WEBSOCKET",
                      "RouteSelectionExpression",
                      "$request.body.action"))
              .path("ApiId")
              .asString();
      route(v2, api, "$connect", "/connect", Map.of());
      route(v2, api, "$disconnect", "/disconnect", Map.of());
      String route =
          route(
              v2,
              api,
              "$default",
              "/message",
              Map.of("RouteResponseSelectionExpression", "$default"));
      v2.call(
          "CreateRouteResponse",
          Map.of("ApiId", api, "RouteId", route, "RouteResponseKey", "$default"));
      v2.call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));
      return URI.create("ws" + endpoint.pathForm(api, STAGE, "").toString().substring(4));
    }
  }

  private String route(
      ServiceClient v2, String api, String key, String path, Map<String, ?> members) {
    String integration =
        v2.call(
                "CreateIntegration",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationType",
                    "HTTP_PROXY",
                    "IntegrationMethod",
                    "POST",
                    "IntegrationUri",
                    "http://" + backend.address() + path,
                    "RequestParameters",
                    Map.of("integration.request.header.Connection-Id", "context.connectionId")))
            .path("IntegrationId")
            .asString();
    Map<String, Object> input = new HashMap<>(members);
    input.put("ApiId", api);
    input.put("RouteKey", key);
    input.put("Target", "integrations/" + integration);
    return v2.call("CreateRoute", input).path("RouteId").asString();
  }
}
