package io.portico.gateway.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.json.YamlException;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads documents: bytes to a tree, a tree to an {@link OpenApiDocument}. */
public final class OpenApiReader {
  private static final int MAX_ENTRIES = 1_000_000;

  private final int maxBytes;
  private final Set<String> methodExtensions;

  /**
   * @param maxBytes longer documents are refused
   * @param methodExtensions members {@code x-…} of a path that are operations
   */
  public OpenApiReader(int maxBytes, Set<String> methodExtensions) {
    this.maxBytes = maxBytes;
    this.methodExtensions = Set.copyOf(methodExtensions);
  }

  /**
   * JSON or YAML, told apart by its first character, in UTF-8.
   *
   * @throws OpenApiException if it is neither, is ambiguous, or passes a bound
   */
  public JsonNode parse(byte[] document) {
    if (document.length > maxBytes) {
      throw new OpenApiException("The document is longer than " + maxBytes + " bytes");
    }
    DocumentBytes bytes = new DocumentBytes(document);
    try {
      return bytes.isJson()
          ? Json.parseUnambiguous(document, bytes.start())
          : Yaml.parse(bytes.text());
    } catch (JacksonException e) {
      String line =
          e.getLocation() == null || e.getLocation().getLineNr() < 1
              ? ""
              : "line " + e.getLocation().getLineNr() + ": ";
      throw new OpenApiException("Not JSON: " + line + e.getOriginalMessage(), e);
    } catch (YamlException e) {
      throw new OpenApiException("Not YAML: " + e.text(), e);
    }
  }

  /**
   * @throws OpenApiException if the tree is no document of OpenAPI 2.0 or 3.0
   */
  public OpenApiDocument read(JsonNode tree) {
    ObjectNode root = Members.object(tree, "The document");
    return new DocumentReader(dialect(root), methodExtensions).read(root);
  }

  private static Dialect dialect(ObjectNode root) {
    String swagger = Members.textOrNull(root, "swagger", "");
    String openapi = Members.textOrNull(root, "openapi", "");
    if (swagger != null && openapi == null && swagger.equals("2.0")) {
      return new Dialect2(root, new Budget(MAX_ENTRIES));
    }
    if (openapi != null && swagger == null && openapi.matches("3\\.0(\\.\\d+)?")) {
      return new Dialect3(root, new Budget(MAX_ENTRIES));
    }
    throw new OpenApiException(
        "A member swagger with the value 2.0, or openapi with the value 3.0.x, is expected");
  }
}
