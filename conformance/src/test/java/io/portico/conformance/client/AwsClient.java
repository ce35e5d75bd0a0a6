package io.portico.conformance.client;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One of AWS's own clients. Operations and members have the names of AWS's models. */
public interface AwsClient {

  /**
   * Calls {@code operation} of {@code service}.
   *
   * @param input members: texts, numbers, booleans, lists and maps; a blob is given as its text
   * @return the members of the result; a blob as its text, an archive in Base64
   * @throws AwsFailure if the client reports an error of the server
   */
  JsonNode call(AwsService service, String operation, Map<String, ?> input);

  /** Calls {@code operation} of API Gateway. */
  default JsonNode call(String operation, Map<String, ?> input) {
    return call(AwsService.API_GATEWAY, operation, input);
  }

  default ServiceClient of(AwsService service) {
    return new ServiceClient(this, service);
  }
}
