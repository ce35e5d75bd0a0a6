package io.portico.server.websockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.Credentials;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may manage connections, and who may connect, by the policies of IAM's users. */
@Timeout(120)
final class ManagedConnectionsTest {
  private static final String MANAGE = "execute-api:ManageConnections";
  private static final String INVOKE = "execute-api:Invoke";
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static String allows(String action, String resource) {
    return """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "%s", "Resource": "%s"}]}
        """
        .formatted(action, resource);
  }

  private static String connectionId(ChatClient client) throws Exception {
    client.sends("{}");
    return client.hears();
  }

  @Test
  void aPolicyOfTheStageAllowsItsCommandsAndNoOthers() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      Credentials ofStage =
          gateway.user("of-stage", allows(MANAGE, gateway.arn("prod", "/POST/@connections/*")));
      Credentials ofAnother =
          gateway.user("of-another", allows(MANAGE, gateway.arn("test", "/*/@connections/*")));
      Credentials caller = gateway.user("caller", allows(INVOKE, gateway.arn("*", "/*")));
      ChatClient client = gateway.connect();
      String path = "/@connections/" + connectionId(client);

      HttpResponse<String> posted = gateway.command(ofStage, "POST", path, "hello");
      HttpResponse<String> read = gateway.command(ofStage, "GET", path, "");
      HttpResponse<String> byAnother = gateway.command(ofAnother, "POST", path, "no");
      HttpResponse<String> byCaller = gateway.command(caller, "POST", path, "no");

      assertThat(posted.statusCode()).isEqualTo(200);
      assertThat(client.hears()).isEqualTo("hello");
      for (HttpResponse<String> refused : List.of(read, byAnother, byCaller)) {
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("x-amzn-ErrorType"))
            .contains("AccessDeniedException");
      }
      assertThat(byCaller.body()).contains("is not authorized to perform: " + MANAGE);
    }
  }

  /** AWS: what is asked for is {@code …/@connections/{connectionId}}, whatever connection it is. */
  @Test
  void aPolicyOfOneConnectionAllowsNothing() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      ChatClient client = gateway.connect();
      String path = "/@connections/" + connectionId(client);
      Credentials ofConnection =
          gateway.user("of-connection", allows(MANAGE, gateway.arn("prod", "/POST" + path)));

      assertThat(gateway.command(ofConnection, "POST", path, "no").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aPolicyOfAGroupAllowsThatGroup() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      Credentials host =
          gateway.user("host", allows(MANAGE, gateway.arn("prod", "/*/@groups/lobby*")));
      ChatClient client = gateway.connect();
      ChatClient other = gateway.connect();
      String id = connectionId(client);
      String _ = connectionId(other);

      assertThat(gateway.command(host, "PUT", "/@groups/lobby/" + id, "").statusCode())
          .isEqualTo(204);
      assertThat(gateway.command(host, "POST", "/@groups/lobby", "hello").body())
          .isEqualTo("{\"sent\":1}");
      assertThat(client.hears()).isEqualTo("hello");
      assertThat(gateway.command(host, "GET", "/@groups/lobby", "").body())
          .isEqualTo("{\"count\":1,\"connectionIds\":[\"" + id + "\"]}");
      assertThat(gateway.command(host, "PUT", "/@groups/other/" + id, "").statusCode())
          .isEqualTo(403);

      client.leaves();

      awaitEmpty(gateway, host);
      assertThat(gateway.command(host, "POST", "/@groups/lobby", "anyone?").body())
          .isEqualTo("{\"sent\":0}");
    }
  }

  private static void awaitEmpty(ChatGateway gateway, Credentials host) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    String list = "";
    while (!list.equals("{\"count\":0,\"connectionIds\":[]}")) {
      assertThat(System.nanoTime() - deadline).as(list).isNegative();
      list = gateway.command(host, "GET", "/@groups/lobby", "").body();
    }
  }

  @Test
  void groupsAreBoundedAsIsConfigured() throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(Map.of("websocket.max-groups", "1", "websocket.max-group-name", "3"))) {
      Credentials host = gateway.user("host", allows(MANAGE, gateway.arn("prod", "/*")));
      String id = connectionId(gateway.connect());

      HttpResponse<String> first = gateway.command(host, "PUT", "/@groups/one/" + id, "");
      HttpResponse<String> second = gateway.command(host, "PUT", "/@groups/two/" + id, "");
      HttpResponse<String> tooLong = gateway.command(host, "PUT", "/@groups/four/" + id, "");

      assertThat(first.statusCode()).isEqualTo(204);
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.body()).isEqualTo("{\"message\":\"A connection is in 1 groups at most\"}");
      assertThat(tooLong.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aPresignedUrlConnectsWhoMay() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      gateway.route("{\"routeKey\": \"$connect\", \"authorizationType\": \"AWS_IAM\"}", false);
      Credentials may = gateway.user("may", allows(INVOKE, gateway.arn("prod", "/$connect")));
      Credentials mayNot = gateway.user("may-not", allows(INVOKE, gateway.arn("prod", "/join")));
      PresignedUrl url = new PresignedUrl(gateway.uri("ws", ""), ChatGateway.REGION);
      Instant now = Instant.now();

      ChatClient client = gateway.connect(url.of(may, now, 60));

      assertThat(connectionId(client)).hasSize(16);
      assertThatThrownBy(() -> gateway.connect(url.of(mayNot, now, 60)))
          .satisfies(refusedWith(403));
      assertThatThrownBy(() -> gateway.connect(url.of(may, now.minusSeconds(120), 60)))
          .satisfies(refusedWith(403));
      assertThatThrownBy(
              () ->
                  gateway.connect(
                      url.of(new Credentials(may.accessKeyId(), "forged", null), now, 60)))
          .satisfies(refusedWith(403));
      assertThatThrownBy(gateway::connect).satisfies(refusedWith(403));
    }
  }

  private static Consumer<Throwable> refusedWith(int status) {
    return thrown ->
        assertThat(thrown)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                WebSocketHandshakeException.class,
                refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(status));
  }

  /** AWS: the account's quota of requests is for the callbacks of WebSocket APIs as well. */
  @Test
  void commandsCountForTheAccountsThrottle() throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(Map.of("throttle.rate-limit", "1", "throttle.burst-limit", "4"))) {
      Credentials manager =
          gateway.user("manager", allows(MANAGE, gateway.arn("prod", "/*/@connections/*")));
      String path = "/@connections/" + connectionId(gateway.connect());
      HttpResponse<String> first = gateway.command(manager, "POST", path, "hello");
      HttpResponse<String> last = first;
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (last.statusCode() == 200 && System.nanoTime() - deadline < 0) {
        last = gateway.command(manager, "POST", path, "hello");
      }

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("x-amzn-ErrorType")).contains("LimitExceededException");
    }
  }
}
