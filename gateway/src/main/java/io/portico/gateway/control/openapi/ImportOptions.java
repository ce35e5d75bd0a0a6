package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a document is imported.
 *
 * @param failOnWarnings whether a warning refuses the document
 * @param basePath what becomes of the document's base path
 * @param endpointTypes the endpoint types asked for, or null where the parameter was not sent:
 *     those of a new API; an existing one keeps its own
 * @param ignoreDocumentation whether documentation parts are left out
 * @param documentBytes how long the document is
 */
public record ImportOptions(
    boolean failOnWarnings,
    BasePathMode basePath,
    @Nullable List<String> endpointTypes,
    boolean ignoreDocumentation,
    long documentBytes) {

  /** What becomes of the document's base path. */
  public enum BasePathMode {
    IGNORE,
    PREPEND,
    SPLIT;

    /**
     * From the parameter of a call.
     *
     * @throws ServiceException if it is none that the parameter takes
     */
    public static BasePathMode of(@Nullable String value) {
      if (value == null) {
        return IGNORE;
      }
      return switch (value) {
        case "ignore" -> IGNORE;
        case "prepend" -> PREPEND;
        case "split" -> SPLIT;
        default ->
            throw ServiceException.badRequest(
                "Invalid value for 'basepath' specified. Valid options are ignore,prepend,split");
      };
    }
  }

  /**
   * From the query of ImportRestApi or PutRestApi.
   *
   * @param parameters the operation's {@code parameters}: {@code basepath}, {@code ignore}, {@code
   *     endpointConfigurationTypes}; others mean nothing
   * @param documentBytes how long the document is
   * @throws ServiceException if a value is none that the parameter takes
   */
  public static ImportOptions of(
      boolean failOnWarnings, Map<String, String> parameters, long documentBytes) {
    return new ImportOptions(
        failOnWarnings,
        BasePathMode.of(parameters.get("basepath")),
        endpointTypes(parameters.get("endpointConfigurationTypes")),
        "documentation".equals(parameters.get("ignore")),
        documentBytes);
  }

  private static @Nullable List<String> endpointTypes(@Nullable String value) {
    if (value == null) {
      return null;
    }
    List<String> types = List.of(value.split(",", -1));
    EndpointRules.checkTypes(types);
    return types;
  }
}
