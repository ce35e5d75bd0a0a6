package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Quotas as the configuration sets them. */
final class QuotasTest {
  private static final Map<String, String> SET =
      Map.of(
          "PORTICO_QUOTAS_OF", "usage-plans=1:enforce, delete-api-rate=enforce, payload-size=30");

  @Test
  void holdForTheControlPlaneAndForCalls() {
    try (PorticoProcess server = PorticoProcess.start(SET, "serve", "--ephemeral", "--port", "0");
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      SmallApi api = SmallApi.build(sdk, "127.0.0.1:9");
      api.mock(
          api.root(),
          "POST",
          Map.of("application/json", "{\"statusCode\": 200}"),
          Map.of("application/json", "taken"));
      api.deploy();
      sdk.call("CreateUsagePlan", Map.of("name", "a"));
      sdk.call("DeleteRestApi", Map.of("restApiId", SmallApi.build(sdk, "127.0.0.1:9").id()));

      AwsFailure plan =
          catchThrowableOfType(
              AwsFailure.class, () -> sdk.call("CreateUsagePlan", Map.of("name", "b")));
      AwsFailure deletion =
          catchThrowableOfType(
              AwsFailure.class, () -> sdk.call("DeleteRestApi", Map.of("restApiId", api.id())));

      assertThat(plan.code()).isEqualTo("LimitExceededException");
      assertThat(plan.text()).startsWith("Maximum number of Usage Plans has been reached.");
      assertThat(deletion.code()).isEqualTo("TooManyRequestsException");
      assertThat(deletion.text()).isEqualTo("Too Many Requests");
      assertThat(post(server, api, "x".repeat(30))).isEqualTo(200);
      assertThat(post(server, api, "x".repeat(31))).isEqualTo(413);
    }
  }

  @Test
  void boundTheHeadsOfCalls() {
    Map<String, String> set = Map.of("PORTICO_QUOTAS_OF", "edge-url-length=1000");
    try (PorticoProcess server = PorticoProcess.start(set, "serve", "--ephemeral", "--port", "0");
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      SmallApi api = SmallApi.build(sdk, "127.0.0.1:9").deploy();

      HttpResponse<String> tooLong = get(server, api, "/pets/7", "a".repeat(10_240));

      assertThat(get(server, api, "/pets/7", "a".repeat(8_000)).statusCode()).isEqualTo(200);
      assertThat(tooLong.statusCode()).isEqualTo(431);
      assertThat(tooLong.body())
          .isEqualTo("{\"message\":\"HTTP header is larger than 10240 bytes.\"}");
      assertThat(get(server, api, "/pets/7?a=" + "a".repeat(1_000), "a").statusCode())
          .isEqualTo(414);
    }
  }

  private static HttpResponse<String> get(
      PorticoProcess server, SmallApi api, String path, String header) {
    return Caller.send(
        HttpRequest.newBuilder(server.endpoint().pathForm(api.id(), STAGE, path))
            .header("X-Long", header));
  }

  private static int post(PorticoProcess server, SmallApi api, String body) {
    return Caller.post(server.endpoint().pathForm(api.id(), STAGE, "/"), "application/json", body)
        .statusCode();
  }
}
