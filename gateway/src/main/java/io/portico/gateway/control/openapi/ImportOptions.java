package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a document is imported.
 *
 * @param failOnWarnings whether a warning refuses the document
 * @param basePath what becomes of the document's base path
 * @param endpointTypes the endpoint types of a new API, or null for AWS's default
 * @param ignoreDocumentation whether documentation parts are left out
 */
public record ImportOptions(
    boolean failOnWarnings,
    BasePathMode basePath,
    @Nullable List<String> endpointTypes,
    boolean ignoreDocumentation) {

  /** Nothing asked for. */
  public static final ImportOptions DEFAULTS =
      new ImportOptions(false, BasePathMode.IGNORE, null, false);

  /** What becomes of the document's base path. */
  public enum BasePathMode {
    IGNORE,
    PREPEND,
    SPLIT
  }

  /**
   * From the query of ImportRestApi or PutRestApi.
   *
   * @param parameters the operation's {@code parameters}: {@code basepath}, {@code ignore}, {@code
   *     endpointConfigurationTypes}; others mean nothing
   * @throws ServiceException if a value is none that the parameter takes
   */
  public static ImportOptions of(boolean failOnWarnings, Map<String, String> parameters) {
    String types = parameters.get("endpointConfigurationTypes");
    return new ImportOptions(
        failOnWarnings,
        basePathMode(parameters.get("basepath")),
        types == null ? null : List.of(types.split(",", -1)),
        "documentation".equals(parameters.get("ignore")));
  }

  private static BasePathMode basePathMode(@Nullable String value) {
    if (value == null) {
      return BasePathMode.IGNORE;
    }
    return switch (value) {
      case "ignore" -> BasePathMode.IGNORE;
      case "prepend" -> BasePathMode.PREPEND;
      case "split" -> BasePathMode.SPLIT;
      default ->
          throw ServiceException.badRequest(
              "Invalid value for 'basepath' specified. Valid options are ignore,prepend,split");
    };
  }
}
