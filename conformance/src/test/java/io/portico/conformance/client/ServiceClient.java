package io.portico.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One service, called by a client. */
public record ServiceClient(AwsClient client, AwsService service) {

  public JsonNode call(String operation, Map<String, ?> input) {
    return client.call(service, operation, input);
  }

  /** Calls what the server refuses. */
  public AwsFailure refused(String operation, Map<String, ?> input) {
    AwsFailure failure =
        catchThrowableOfType(AwsFailure.class, () -> client.call(service, operation, input));
    assertThat(failure).as("%s is refused", operation).isNotNull();
    return failure;
  }
}
