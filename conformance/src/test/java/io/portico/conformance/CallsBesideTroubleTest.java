package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.RawServer;
import io.portico.conformance.wire.RawServer.Connection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * While a call is at a backend that has not answered yet, and while that backend misbehaves, the
 * calls beside it are answered, by the same backend: those of a REST API as those of an HTTP API.
 */
@Portico
final class CallsBesideTroubleTest {
  private static final int BESIDE = 5;
  private static final long LIMIT = 30;

  /** A backend is not asked at all, or its TLS ends before. */
  private static final String UNASKED =
      "HAS_NO_ADDRESS|REFUSES_CONNECTIONS|SPEAKS_NO_TLS|.*_CERTIFICATE_.*";

  /** An answer of an HTTP API goes on as it comes. */
  private static final Set<Trouble> WITHIN_THE_BODY =
      EnumSet.of(
          Trouble.RESETS_WITHIN_THE_BODY,
          Trouble.CLOSES_BEFORE_THE_LENGTH,
          Trouble.CLOSES_WITHIN_THE_CHUNKS,
          Trouble.HAS_BROKEN_CHUNKS,
          Trouble.NEVER_GOES_ON_WITHIN_THE_BODY,
          Trouble.NEVER_ENDS_THE_BODY);

  /** In place of the status of an answer that does not arrive whole. */
  private static final int BROKEN_OFF = 0;

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private static RawServer backend;
  private static JavaSdk sdk;
  private static URI rest;
  private static URI http;

  /** The call that is in trouble. */
  private static volatile Held held = new Held();

  /** A call that a backend has, and what it is to wait for. */
  private static final class Held {
    private final CompletableFuture<Connection> arrived = new CompletableFuture<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Where a call is late, nothing is said until the client closes: or until it is released. */
    void at(Connection connection, Trouble trouble) throws IOException {
      if (trouble.isLate()) {
        if (arrived.complete(connection)) {
          trouble.happen(connection);
        }
        return;
      }
      arrived.complete(connection);
      try {
        if (!released.await(LIMIT, TimeUnit.SECONDS)) {
          throw new IOException("nobody has let it go");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      trouble.happen(connection);
    }

    void release(Trouble trouble) throws Exception {
      released.countDown();
      if (trouble.isLate()) {
        arrived.get(LIMIT, TimeUnit.SECONDS).reset();
      }
    }
  }

  @BeforeAll
  static void build(Endpoint portico) {
    sdk = JavaSdk.of(portico);
    backend = RawServer.saying(CallsBesideTroubleTest::answer);
    String address = "127.0.0.1:" + backend.port();
    rest = portico.pathForm(SmallApi.build(sdk, address).deploy().id(), STAGE, "/backend/");
    String api =
        sdk.of(AwsService.API_GATEWAY_V2)
            .call(
                "CreateApi",
                Map.of("Name", "calls", "ProtocolType", "HTTP", "Target", "http://" + address))
            .path("ApiId")
            .asString();
    sdk.of(AwsService.API_GATEWAY_V2)
        .call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));
    http = portico.pathForm(api, STAGE, "/");
  }

  @AfterAll
  static void end() {
    sdk.close();
    backend.close();
    THREADS.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = UNASKED)
  void ofARestApiAreAnswered(Trouble trouble) throws Exception {
    assertThat(status(rest, trouble)).isEqualTo(trouble.isLate() ? 504 : trouble.status());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = UNASKED)
  void ofAnHttpApiAreAnswered(Trouble trouble) throws Exception {
    int refused = trouble.status() == 504 ? 503 : trouble.status();

    assertThat(status(http, trouble))
        .isIn(WITHIN_THE_BODY.contains(trouble) ? List.of(BROKEN_OFF, refused) : List.of(refused));
  }

  /** What the call in trouble comes to, with others while it is under way and behind it. */
  private static int status(URI api, Trouble trouble) throws Exception {
    Held troubled = new Held();
    held = troubled;
    CompletableFuture<Integer> call =
        CompletableFuture.supplyAsync(() -> get(api, trouble.path()), THREADS)
            .handle((answer, broken) -> broken == null ? answer.statusCode() : BROKEN_OFF);
    Connection _ = troubled.arrived.get(LIMIT, TimeUnit.SECONDS);

    othersAreAnswered(api);
    assertThat(call).isNotDone();

    troubled.release(trouble);
    othersAreAnswered(api);
    int status = call.get(LIMIT, TimeUnit.SECONDS);
    othersAreAnswered(api);
    return status;
  }

  private static void othersAreAnswered(URI api) {
    for (int i = 0; i < BESIDE; i++) {
      assertThat(get(api, "well").body()).isEqualTo("well");
    }
  }

  private static HttpResponse<String> get(URI api, String path) {
    return Caller.get(api.resolve(path));
  }

  private static void answer(Connection connection) throws IOException {
    for (String head = connection.head(); !head.isEmpty(); head = connection.head()) {
      int end = head.indexOf(" HTTP/");
      String path = head.substring(head.lastIndexOf('/', end - 1) + 1, end);
      if (!path.equals("well")) {
        held.at(connection, Trouble.valueOf(path.toUpperCase(Locale.ROOT)));
        return;
      }
      connection.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell");
    }
  }
}
