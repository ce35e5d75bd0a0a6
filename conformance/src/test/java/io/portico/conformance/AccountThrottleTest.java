package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A limit of the whole account, as the configuration sets it. */
final class AccountThrottleTest {

  @Test
  void holdsOverAllApisAndIsShown() {
    Map<String, String> limits =
        Map.of("PORTICO_THROTTLE_RATE_LIMIT", "1", "PORTICO_THROTTLE_BURST_LIMIT", "2");
    try (PorticoProcess server =
            PorticoProcess.start(limits, "serve", "--ephemeral", "--port", "0");
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      SmallApi one = SmallApi.build(sdk, "127.0.0.1:9").deploy();
      SmallApi other = SmallApi.build(sdk, "127.0.0.1:9").deploy();

      JsonNode account = sdk.call("GetAccount", Map.of());
      int first = call(server, one).statusCode();
      int second = call(server, other).statusCode();
      // A token comes back each second: no hundred calls take as long as a hundred seconds.
      HttpResponse<String> refused =
          Stream.generate(() -> call(server, one))
              .limit(100)
              .filter(answer -> answer.statusCode() != 200)
              .findFirst()
              .orElseThrow(() -> new AssertionError("all of 100 calls were let through"));

      assertThat(account.at("/throttleSettings/rateLimit").asDouble()).isEqualTo(1.0);
      assertThat(account.at("/throttleSettings/burstLimit").asInt()).isEqualTo(2);
      assertThat(first).isEqualTo(200);
      assertThat(second).isEqualTo(200);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
    }
  }

  private static HttpResponse<String> call(PorticoProcess server, SmallApi api) {
    return Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/pets/1"));
  }
}
