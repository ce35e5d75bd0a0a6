package io.portico.gateway.control.openapi;

import io.portico.gateway.control.openapi.ImportOptions.BasePathMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts that come before those of every path.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html">Set
 *     the OpenAPI basePath property</a>
 */
// AWS: source: IMP-05, IMP-06, IMP-07.
public record BasePath(List<String> parts) {

  public static BasePath of(@Nullable String written, BasePathMode mode) {
    List<String> parts = partsOf(written == null ? "" : written);
    return new BasePath(
        switch (mode) {
          case IGNORE -> List.of();
          case PREPEND -> parts;
          case SPLIT -> parts.isEmpty() ? parts : parts.subList(1, parts.size());
        });
  }

  /** The parts of a path below this one. */
  public List<String> with(String path) {
    List<String> all = new ArrayList<>(parts);
    all.addAll(partsOf(path));
    return all;
  }

  private static List<String> partsOf(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }
}
