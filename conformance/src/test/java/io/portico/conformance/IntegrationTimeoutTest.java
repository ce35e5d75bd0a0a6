package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a backend may take: 50 ms to 29 s, and longer where that is configured. */
@Portico
final class IntegrationTimeoutTest {

  @Test
  void aBackendThatTakesLongerIsNotWaitedFor(Endpoint endpoint) {
    CountDownLatch over = new CountDownLatch(1);
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        Backend backend = Backend.answering(request -> answer(request.uri(), over))) {
      SmallApi api = SmallApi.build(sdk, backend.address());
      timeout(api, "50");
      api.deploy();

      HttpResponse<String> late = Caller.get(endpoint.pathForm(api.id(), STAGE, "/backend/late"));
      over.countDown();
      timeout(api, "29000");
      api.deploy();
      HttpResponse<String> inTime =
          Caller.get(endpoint.pathForm(api.id(), STAGE, "/backend/in-time"));

      assertThat(late.statusCode()).isEqualTo(504);
      assertThat(late.body()).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
      assertThat(late.headers().firstValue("x-amzn-ErrorType"))
          .hasValue("InternalServerErrorException");
      assertThat(inTime.body()).isEqualTo("[\"in time\"]");
    } finally {
      over.countDown();
    }
  }

  @Test
  void aTimeoutIsAsLongAsIsConfigured(Endpoint endpoint) {
    Map<String, String> longer = Map.of("PORTICO_QUOTAS_OF", "integration-timeout=120000:enforce");
    try (JavaSdk usual = JavaSdk.of(endpoint);
        PorticoProcess server =
            PorticoProcess.start(longer, "serve", "--ephemeral", "--port", "0");
        JavaSdk sdk = JavaSdk.of(server.endpoint());
        Backend backend = Backend.answering(request -> Answer.ok("[]"))) {
      SmallApi refusing = SmallApi.build(usual, backend.address());
      SmallApi api = SmallApi.build(sdk, backend.address());

      timeout(api, "120000");
      api.deploy();

      assertThat(refusal(refusing, "29001").code()).isEqualTo("BadRequestException");
      assertThat(refusal(refusing, "49").code()).isEqualTo("BadRequestException");
      assertThat(refusal(api, "120001").code()).isEqualTo("BadRequestException");
      assertThat(Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/backend/x")).statusCode())
          .isEqualTo(200);
    }
  }

  /** Late are those that ask for it, until the test is over. */
  private static Answer answer(URI asked, CountDownLatch over) {
    if (!asked.getPath().endsWith("/late")) {
      return Answer.ok("[\"in time\"]");
    }
    try {
      return over.await(30, TimeUnit.SECONDS)
          ? Answer.ok("[\"late\"]")
          : Answer.ok("[\"too late\"]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while holding an answer back", e);
    }
  }

  private static AwsFailure refusal(SmallApi api, String millis) {
    return catchThrowableOfType(AwsFailure.class, () -> timeout(api, millis));
  }

  private static void timeout(SmallApi api, String millis) {
    api.patch(
        "UpdateIntegration",
        Map.of("resourceId", api.proxy(), "httpMethod", "ANY"),
        List.of(SmallApi.replace("/timeoutInMillis", millis)));
  }
}
