package io.portico.gateway.control.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseConnection;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.WebSocketCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The data plane answers {@code @connections}, which no operation table binds there. That it does
 * so for every operation, output member and error of AWS's model is what this holds it to.
 */
final class ManagementApiTest {
  private static final ServiceModel MODEL = ServiceModel.of(AwsApi.API_GATEWAY_MANAGEMENT);
  private static final Credentials ROOT = new Credentials("AKIAROOT", "secret of AKIAROOT", null);
  private static final int MOST_BODY = 1_000_000;

  private final List<String> connectionIds = new ArrayList<>();

  static Collection<Operation> operations() {
    return MODEL.operations();
  }

  /** A gateway with one stage, where nobody is called. */
  private HttpHandler gateway(@Nullable ThrottleLimit ofAccount) {
    WebSocketCaseDefinition definition = new WebSocketCaseDefinition();
    assertThat(definition.take("route $default", "")).isTrue();
    Upstream nobody =
        request -> {
          throw new UpstreamException(UpstreamException.Reason.CONNECT_FAILED, "nobody", null);
        };
    return CaseGateway.of(definition.served(), nobody, connectionIds::add, ofAccount);
  }

  private CaseConnection connect(HttpHandler gateway) throws IOException {
    HttpResponse answer = admitted(gateway);
    WebSocketUpgrade upgrade = Objects.requireNonNull(answer.upgrade());
    CaseConnection connection = new CaseConnection(upgrade.listener());
    answer.completion().finished(0, true);
    return connection;
  }

  /** What a client is answered that is let in, before it hears so. */
  private static HttpResponse admitted(HttpHandler gateway) throws IOException {
    return send(
        gateway,
        "GET",
        "",
        Headers.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
            "User-Agent", "a client"),
        new byte[0],
        false);
  }

  @Test
  void aClientThatIsLetInIsReachedThoughItHasNotHeardSo() throws IOException {
    HttpHandler gateway = gateway(null);
    HttpResponse answer = admitted(gateway);
    answer.completion().finished(0, true);
    String path = "/@connections/" + connectionIds.getLast();

    assertThat(command(gateway, "POST", path)).isEqualTo(200);
    assertThat(command(gateway, "GET", path)).isEqualTo(200);
    assertThat(command(gateway, "DELETE", path)).isEqualTo(204);
    assertThat(command(gateway, "POST", path)).isEqualTo(410);

    WebSocketUpgrade upgrade = Objects.requireNonNull(answer.upgrade());
    CaseConnection client = new CaseConnection(upgrade.listener());
    assertThat(client.isSilent()).isFalse();
    assertThat(client.close()).isNotNull();
  }

  @Test
  void noMoreWaitsForAClientThatHasNotHeardThatItIsLetInThanMay() throws IOException {
    HttpHandler gateway = gateway(null);
    admitted(gateway).completion().finished(0, true);
    String path = "/@connections/" + connectionIds.getLast();

    for (int i = 0; i < 16; i++) {
      assertThat(command(gateway, "POST", path)).isEqualTo(200);
    }
    assertThat(command(gateway, "POST", path)).isEqualTo(429);
  }

  private static int command(HttpHandler gateway, String method, String path) throws IOException {
    byte[] content = method.equals("POST") ? "hello".getBytes(UTF_8) : new byte[0];
    return send(gateway, method, path, Headers.empty(), content, true).status();
  }

  private static HttpResponse send(
      HttpHandler gateway,
      String method,
      String path,
      Headers headers,
      byte[] content,
      boolean signed)
      throws IOException {
    String target = "/" + CaseApi.STAGE + path;
    Headers all =
        headers.toBuilder().add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost").build();
    return gateway.handle(
        CaseGateway.fromTheClient(
            method,
            target,
            "HTTP/1.1",
            signed
                ? new SigV4Signer(ROOT, "us-east-1", "execute-api")
                    .sign(method, target, all, content, Instant.now())
                : all,
            Body.of(content)));
  }

  /** By what the model binds: its method, its path, and the blob that is its content. */
  private static HttpResponse call(
      HttpHandler gateway, Operation operation, String connectionId, byte[] content, boolean signed)
      throws IOException {
    StringBuilder path = new StringBuilder();
    for (String segment : operation.path()) {
      path.append('/').append(segment.equals("{connectionId}") ? connectionId : segment);
    }
    assertThat(operation.input().members())
        .as("what %s takes", operation.name())
        .allMatch(
            member ->
                member.location() == Member.Location.URI
                    || member.location() == Member.Location.PAYLOAD);
    assertThat(operation.query()).isEmpty();
    boolean takesContent = operation.input().payload() != null;
    return send(
        gateway,
        operation.method(),
        path.toString(),
        Headers.empty(),
        takesContent ? content : new byte[0],
        signed);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationIsAnsweredWithAllThatItsOutputHas(Operation operation) throws IOException {
    HttpHandler gateway = gateway(null);
    CaseConnection _ = connect(gateway);

    HttpResponse answer =
        call(gateway, operation, connectionIds.getLast(), "hello".getBytes(UTF_8), true);

    byte[] body = answer.body().readAll(MOST_BODY);
    assertThat(answer.status()).isEqualTo(operation.status());
    if (operation.answersBody()) {
      assertThat(operation.output().payload()).isNull();
      requireMembers(operation.output(), Json.parse(body));
    } else {
      assertThat(body).isEmpty();
    }
  }

  private static void requireMembers(Shape.Structure structure, JsonNode told) {
    assertThat(told.propertyNames())
        .as(structure.name())
        .containsExactlyInAnyOrderElementsOf(
            structure.members().stream().map(Member::wireName).toList());
    for (Member member : structure.members()) {
      assertThat(member.inBody()).isTrue();
      JsonNode value = told.get(member.wireName());
      switch (MODEL.shape(member.shape())) {
        case Shape.Structure inner -> requireMembers(inner, value);
        case Shape.Text _ -> assertThat(value.isString()).as(member.name()).isTrue();
        case Shape.Timestamp timestamp -> {
          assertThat(timestamp.iso8601()).isTrue();
          assertThat(Instant.parse(value.asString())).as(member.name()).isNotNull();
        }
        case Shape other -> throw new AssertionError("nothing answers a " + other.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationFailsWithTheErrorsThatItHas(Operation operation) throws IOException {
    assertThat(operation.errors()).isNotEmpty();
    for (String error : operation.errors()) {
      ServiceModel.ErrorShape shape = Objects.requireNonNull(MODEL.error(error));

      HttpResponse answer = failing(operation, error);

      assertThat(answer.status()).as("%s of %s", error, operation.name()).isEqualTo(shape.status());
      // AWS: who may not is told why, in types of the gateway itself, that the model has none of.
      if (!error.equals("ForbiddenException")) {
        assertThat(answer.headers().first("x-amzn-ErrorType")).isEqualTo(error);
      }
    }
  }

  /** An answer to a call that fails in that way. */
  private HttpResponse failing(Operation operation, String error) throws IOException {
    HttpHandler gateway = gateway(null);
    byte[] little = "hello".getBytes(UTF_8);
    return switch (error) {
      case "ForbiddenException" -> call(gateway, operation, "any", little, false);
      case "GoneException" -> call(gateway, operation, "any", little, true);
      case "LimitExceededException" ->
          call(gateway(ThrottleLimit.NOTHING), operation, "any", little, true);
      case "PayloadTooLargeException" ->
          call(gateway, operation, "any", new byte[longestBlob(operation) + 1], true);
      default -> throw new AssertionError("nothing here fails with " + error);
    };
  }

  private static int longestBlob(Operation operation) {
    for (Member member : operation.input().members()) {
      if (MODEL.shape(member.shape()) instanceof Shape.Blob blob) {
        return Objects.requireNonNull(blob.length().max()).intValueExact();
      }
    }
    throw new AssertionError(operation.name() + " takes no content");
  }

  @Test
  void whatIsPostedIsWhatTheModelAllowsAtMost() throws IOException {
    HttpHandler gateway = gateway(null);
    CaseConnection connection = connect(gateway);
    Operation post = Objects.requireNonNull(MODEL.operation("PostToConnection"));

    HttpResponse answer =
        call(gateway, post, connectionIds.getLast(), new byte[longestBlob(post)], true);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(connection.isSilent()).isFalse();
  }
}
