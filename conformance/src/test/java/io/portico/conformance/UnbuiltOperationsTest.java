package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Portico;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not built yet says so by name, and the list of it is kept. */
@Portico
final class UnbuiltOperationsTest {

  /** What works on the runtime state of a stage, an authorizer or a usage plan is built last. */
  private static final Map<String, Map<String, String>> CALLS =
      Map.of(
          "GetUsage",
          Map.of("usagePlanId", "plan", "startDate", "2026-01-01", "endDate", "2026-01-31"),
          "UpdateUsage",
          Map.of("usagePlanId", "plan", "keyId", "key"));

  @EveryClient
  void anUnbuiltOperationAnswers501WithItsName(AwsClient client) {
    ServiceClient gateway = client.of(AwsService.API_GATEWAY);

    assertAll(
        CALLS.entrySet().stream()
            .map(
                call ->
                    () -> {
                      AwsFailure failure = gateway.refused(call.getKey(), call.getValue());
                      assertThat(failure.code()).isEqualTo("NotImplementedException");
                      assertThat(failure.status()).isIn(0, 501);
                      assertThat(failure.text()).contains(call.getKey());
                    }));
  }

  @Test
  void noOtherOperationOfRestApisIsUnbuilt() {
    assertThat(BuiltOperations.missing(AwsService.API_GATEWAY))
        .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
  }
}
