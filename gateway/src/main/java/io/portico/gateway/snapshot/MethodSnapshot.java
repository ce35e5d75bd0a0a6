package io.portico.gateway.snapshot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method, ready to be called.
 *
 * @param resourcePath as configured, such as {@code /pets/{petId}}
 * @param httpMethod as configured; {@code ANY} for a catch-all
 * @param refusal closes this method (an authorization that is not enforced yet, a required API
 *     key), or null for {@code authorizationType NONE}
 * @param validation the contract of the method request
 * @param integration what to call
 * @param responses the method responses, by status code
 */
public record MethodSnapshot(
    String resourceId,
    String resourcePath,
    String httpMethod,
    @Nullable Refusal refusal,
    RequestValidation validation,
    IntegrationSnapshot integration,
    Map<String, MethodResponseSnapshot> responses) {

  /**
   * A method response.
   *
   * @param statusCode what the client sees
   * @param models model name by content type
   */
  public record MethodResponseSnapshot(int statusCode, Map<String, String> models) {}
}
