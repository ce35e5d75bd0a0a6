package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes that close an API or a method while it is served, without a deployment. */
@Portico
final class LiveChangesTest {

  @Test
  void aDisabledEndpointRefusesAtOnce(Endpoint endpoint) {
    assertClosedBy(endpoint, "/disableExecuteApiEndpoint", "true");
  }

  @Test
  void anApiThatIsMadePrivateRefusesAtOnce(Endpoint endpoint) {
    assertClosedBy(endpoint, "/endpointConfiguration/types/EDGE", "PRIVATE");
  }

  @Test
  void aSettingHoldsForTheMethodOfItsEscapedPathAndNoOther(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      SmallApi api = SmallApi.build(sdk, "127.0.0.1:9");
      api.mock(
          api.root(),
          "GET",
          Map.of("application/json", "{\"statusCode\": 200}"),
          Map.of("application/json", "{}"));
      api.deploy();

      set(api, "replace", "/~1pets~1{petId}/GET/throttling/rateLimit");
      int petClosed = status(endpoint, api.id());
      int rootBeside = Caller.get(endpoint.pathForm(api.id(), STAGE, "/")).statusCode();
      set(api, "remove", "/~1pets~1{petId}/GET");
      set(api, "replace", "/~1/GET/throttling/rateLimit");
      int petOpen = status(endpoint, api.id());
      int rootClosed = Caller.get(endpoint.pathForm(api.id(), STAGE, "/")).statusCode();

      assertThat(List.of(petClosed, rootBeside)).containsExactly(429, 200);
      assertThat(List.of(petOpen, rootClosed)).containsExactly(200, 429);
    }
  }

  private static void set(SmallApi api, String op, String path) {
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(Map.of("op", op, "path", path, "value", "0")));
  }

  private static void assertClosedBy(Endpoint endpoint, String path, String value) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      String api = SmallApi.build(sdk, "127.0.0.1:9").deploy().id();
      assertThat(status(endpoint, api)).isEqualTo(200);

      sdk.call(
          "UpdateRestApi",
          Map.of(
              "restApiId",
              api,
              "patchOperations",
              List.of(Map.of("op", "replace", "path", path, "value", value))));

      assertThat(status(endpoint, api)).isEqualTo(403);
    }
  }

  private static int status(Endpoint endpoint, String api) {
    return Caller.get(endpoint.pathForm(api, STAGE, "/pets/1")).statusCode();
  }
}
