package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is not built yet says so by name, and the list of it is kept. */
@Portico
final class UnbuiltOperationsTest {
  private static final Path LIST =
      Path.of(System.getProperty("portico.repository", "..")).resolve("docs/not-implemented.md");

  /** What works on the runtime state of a stage or an authorizer is built last. */
  private static final Map<String, Map<String, String>> CALLS =
      Map.of(
          "FlushStageCache",
          Map.of("restApiId", "api", "stageName", "prod"),
          "TestInvokeAuthorizer",
          Map.of("restApiId", "api", "authorizerId", "authorizer"));

  @EveryClient
  void anUnbuiltOperationAnswers501WithItsName(AwsClient client, Endpoint endpoint)
      throws IOException {
    String operation =
        CALLS.keySet().stream()
            .filter(UnbuiltOperationsTest::listed)
            .findFirst()
            .orElseThrow(() -> new AssertionError("none of " + CALLS.keySet() + " is unbuilt"));

    AwsFailure failure =
        catchThrowableOfType(
            AwsFailure.class,
            () -> client.call(operation, CALLS.getOrDefault(operation, Map.of())));

    assertThat(failure.status()).isIn(0, 501);
    assertThat(failure.text()).contains(operation);
  }

  @Test
  void theListNamesOperations() throws IOException {
    assertThat(operations()).isNotEmpty();
  }

  private static boolean listed(String operation) {
    try {
      return operations().anyMatch(operation::equals);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> operations() throws IOException {
    return Pattern.compile("\\b[A-Z][A-Za-z]+[a-z]\\b")
        .matcher(Files.readString(LIST))
        .results()
        .map(MatchResult::group);
  }
}
