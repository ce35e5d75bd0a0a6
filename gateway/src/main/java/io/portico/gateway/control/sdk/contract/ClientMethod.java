package io.portico.gateway.control.sdk.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method that clients call.
 *
 * @param path the resource's, such as {@code /pets/{petId}}
 * @param verb upper-case
 * @param operationName the method's own name, if it has one
 * @param parameters path first, in the path's order, then as the method declares them
 * @param body what a request holds, or null for nothing
 * @param result what success answers, or null where no model says it
 * @param resultHeaders names of headers that success declares
 * @param signed whether the caller has to sign (AWS_IAM)
 */
public record ClientMethod(
    String path,
    String verb,
    @Nullable String operationName,
    List<ClientParameter> parameters,
    @Nullable Content body,
    @Nullable Content result,
    List<String> resultHeaders,
    boolean signed,
    boolean apiKeyRequired) {

  /**
   * What a request or an answer holds.
   *
   * @param modelName the model's name as the API has it, or null where none is declared
   */
  public record Content(@Nullable String modelName, FieldType type, String contentType) {

    /** Whether it is JSON; anything else is passed as text. */
    public boolean json() {
      return contentType.contains("json");
    }
  }

  /**
   * The path with greedy parameters as plain ones, {@code /files/{path}}: the runtimes of the AWS
   * Mobile SDK fill no others.
   */
  public String plainPath() {
    return path.replace("+}", "}");
  }

  public List<ClientParameter> in(ClientParameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }
}
