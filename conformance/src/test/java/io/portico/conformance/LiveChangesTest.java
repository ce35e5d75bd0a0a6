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

/** Changes of an API that close it while it is served, without a deployment. */
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
