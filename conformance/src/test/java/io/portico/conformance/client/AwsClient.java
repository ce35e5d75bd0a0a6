package io.portico.conformance.client;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One of AWS's own clients of API Gateway. Operations and members have the names of AWS's model.
 */
public interface AwsClient {

  /**
   * Calls {@code operation}.
   *
   * @param input members: texts, numbers, booleans, lists and maps; a blob is given as its text
   * @return the members of the result; a blob as its text
   * @throws AwsFailure if the client reports an error of the server
   */
  JsonNode call(String operation, Map<String, ?> input);
}
