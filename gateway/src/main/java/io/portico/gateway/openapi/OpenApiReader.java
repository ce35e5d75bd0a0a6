package io.portico.gateway.openapi;

import io.portico.gateway.json.SlicedJson;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.json.YamlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads documents: bytes to an {@link OpenApiDocument}. */
public final class OpenApiReader {
  private final int maxBytes;
  private final Extras extras;

  /**
   * @param maxBytes longer documents are refused
   * @param methodExtensions members {@code x-…} of a path that are operations
   */
  public OpenApiReader(int maxBytes, Set<String> methodExtensions) {
    this(maxBytes, methodExtensions, Set.of());
  }

  /**
   * @param maxBytes longer documents are refused
   * @param methodExtensions members {@code x-…} of a path that are operations
   * @param pathExtensions paths that begin with no slash
   */
  public OpenApiReader(int maxBytes, Set<String> methodExtensions, Set<String> pathExtensions) {
    this.maxBytes = maxBytes;
    this.extras = new Extras(methodExtensions, pathExtensions);
  }

  /**
   * Reads JSON or YAML, told apart by its first character, in UTF-8.
   *
   * @param document it must not change as long as what is made of it is used
   * @param change made to each part of the document's tree before it is read
   * @throws OpenApiException if it is neither, is ambiguous, passes a bound, or is no document of
   *     OpenAPI 2.0 or 3.0
   */
  public OpenApiDocument read(byte[] document, Consumer<JsonNode> change) {
    if (document.length > maxBytes) {
      throw new OpenApiException("The document is longer than " + maxBytes + " bytes");
    }
    DocumentBytes bytes = new DocumentBytes(document);
    try {
      return bytes.isJson() ? readJson(document, bytes.start(), change) : readYaml(bytes, change);
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

  private OpenApiDocument readJson(byte[] document, int start, Consumer<JsonNode> change) {
    SlicedJson sliced = SlicedJson.read(document, start, Paths.MEMBER);
    change.accept(sliced.root());
    ObjectNode root = Members.object(sliced.root(), "The document");
    Map<String, Supplier<JsonNode>> slices = sliced.slices();
    return read(root, slices == null ? Paths.of(root) : new Paths(changed(slices, change)));
  }

  private static Map<String, Supplier<JsonNode>> changed(
      Map<String, Supplier<JsonNode>> slices, Consumer<JsonNode> change) {
    Map<String, Supplier<JsonNode>> changed = new LinkedHashMap<>();
    slices.forEach(
        (path, slice) ->
            changed.put(
                path,
                () -> {
                  JsonNode item = slice.get();
                  change.accept(item);
                  return item;
                }));
    return changed;
  }

  private OpenApiDocument readYaml(DocumentBytes bytes, Consumer<JsonNode> change) {
    JsonNode tree = Yaml.parse(bytes.text());
    change.accept(tree);
    ObjectNode root = Members.object(tree, "The document");
    return read(root, Paths.of(root));
  }

  private OpenApiDocument read(ObjectNode root, Paths paths) {
    return new DocumentReader(dialect(root, paths), paths, extras).read(root);
  }

  private static Dialect dialect(ObjectNode root, Paths paths) {
    String swagger = Members.textOrNull(root, "swagger", "");
    String openapi = Members.textOrNull(root, "openapi", "");
    if (swagger != null && openapi == null && swagger.equals("2.0")) {
      return new Dialect2(root, paths);
    }
    if (openapi != null && swagger == null && openapi.matches("3\\.0(\\.\\d+)?")) {
      return new Dialect3(root, paths);
    }
    throw new OpenApiException(
        "A member swagger with the value 2.0, or openapi with the value 3.0.x, is expected");
  }
}
