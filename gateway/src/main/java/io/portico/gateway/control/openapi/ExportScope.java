package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of AWS's extensions an export has.
 *
 * @param integrations what methods call
 * @param authorizers how authorizers are run
 * @param documentation what the stage publishes
 * @param postman how Postman signs calls
 * @param gateway everything that configures, and the first three
 */
record ExportScope(
    boolean integrations,
    boolean authorizers,
    boolean documentation,
    boolean postman,
    boolean gateway) {
  // AWS: source: documented, GetExport.
  private static final List<String> KNOWN =
      List.of("apigateway", "authorizers", "documentation", "integrations", "postman");

  /**
   * @param extensions names, comma-separated, or null
   * @throws ServiceException if a name is none of AWS's
   */
  static ExportScope of(@Nullable String extensions) {
    Set<String> names = new TreeSet<>();
    if (extensions != null) {
      Arrays.stream(extensions.split(",", -1))
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .forEach(names::add);
    }
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        // AWS: the text is assumed.
        throw ServiceException.badRequest(
            "Invalid extension specified: "
                + name
                + ". Must be one of: ["
                + String.join(", ", KNOWN)
                + "]");
      }
    }
    // AWS: documentation is there by default, too; source: documented, "Publish API documentation".
    // That "apigateway" has it is assumed.
    boolean gateway = names.contains("apigateway");
    return new ExportScope(
        gateway || names.contains("integrations"),
        gateway || names.contains("authorizers"),
        gateway || names.contains("documentation") || names.isEmpty(),
        names.contains("postman"),
        gateway);
  }
}
