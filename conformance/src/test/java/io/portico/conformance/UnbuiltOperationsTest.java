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

/** What is not built yet says so by name; of REST APIs, all is. */
@Portico
final class UnbuiltOperationsTest {

  private static final Map<String, Map<String, String>> CALLS =
      Map.of("CreateGroup", Map.of("GroupName", "all"), "GetAccountSummary", Map.of());

  @EveryClient
  void anUnbuiltOperationAnswers501WithItsName(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);

    assertAll(
        CALLS.entrySet().stream()
            .map(
                call ->
                    () -> {
                      AwsFailure failure = iam.refused(call.getKey(), call.getValue());
                      assertThat(failure.code()).isEqualTo("NotImplementedException");
                      assertThat(failure.status()).isIn(0, 501);
                      assertThat(failure.text()).contains(call.getKey());
                    }));
  }

  @Test
  void noOperationOfRestApisIsUnbuilt() {
    assertThat(BuiltOperations.missing(AwsService.API_GATEWAY)).isEmpty();
  }
}
