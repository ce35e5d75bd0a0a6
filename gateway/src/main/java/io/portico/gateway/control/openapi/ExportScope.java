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
 * @param gateway everything else, and the two above
 */
record ExportScope(boolean integrations, boolean authorizers, boolean gateway) {
  // AWS: source: documented, GetExport.
  private static final List<String> KNOWN =
      List.of("apigateway", "authorizers", "documentation", "integrations", "postman");

  /**
   * @param extensions names, comma-separated, or null
   * @throws ServiceException if a name is none of AWS's, or is not built
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
    if (names.contains("postman")) {
      throw new ServiceException(
          "NotImplementedException", 501, "Exports with Postman's extensions are not built yet");
    }
    boolean gateway = names.contains("apigateway");
    return new ExportScope(
        gateway || names.contains("integrations"),
        gateway || names.contains("authorizers"),
        gateway);
  }
}
