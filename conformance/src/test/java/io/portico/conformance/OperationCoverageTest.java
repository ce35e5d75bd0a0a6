package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.RecordedClient;
import io.portico.conformance.server.Portico;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each of AWS's clients has called each operation that Portico has, and has understood its answer.
 * Runs after all other classes, and only with them.
 */
@Portico
@Order(Integer.MAX_VALUE)
final class OperationCoverageTest {

  /** What never answers without an error: users have no passwords. UserFamilyTest calls them. */
  private static final Map<AwsService, Set<String>> ALWAYS_REFUSED =
      Map.of(AwsService.IAM, Set.of("GetLoginProfile", "DeleteLoginProfile"));

  @EveryClient
  @DisabledIfSystemProperty(
      named = "test",
      matches = "(?!.*\\*\\*).+",
      disabledReason = "other tests do the calling, and not all of them are chosen")
  void everyOperationHasAnsweredEveryClient(RecordedClient client) {
    Map<AwsService, Set<String>> missing = new EnumMap<>(AwsService.class);
    for (AwsService service : AwsService.values()) {
      Set<String> uncalled = BuiltOperations.of(service);
      assertThat(uncalled).as("operations of %s", service).isNotEmpty();
      uncalled.removeAll(ALWAYS_REFUSED.getOrDefault(service, Set.of()));
      uncalled.removeAll(client.answered(service));
      if (!uncalled.isEmpty()) {
        missing.put(service, uncalled);
      }
    }

    assertThat(missing).isEmpty();
  }

  /** Of each of API Gateway's models in the version that the tables of operations are made from. */
  @ParameterizedTest
  @CsvSource({"API_GATEWAY, 124", "API_GATEWAY_V2, 103", "API_GATEWAY_MANAGEMENT, 3"})
  void allOperationsOfApiGatewayAreBuilt(AwsService service, int operations) {
    assertThat(BuiltOperations.modelled(service)).hasSize(operations);
    assertThat(BuiltOperations.of(service)).hasSize(operations);
  }
}
