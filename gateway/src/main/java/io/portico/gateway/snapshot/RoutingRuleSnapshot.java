package io.portico.gateway.snapshot;

import io.portico.gateway.snapshot.DomainNameSnapshot.Target;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A routing rule of a custom domain name, ready to be asked.
 *
 * @param headers conditions, each of which must be met
 * @param basePaths one of which the path must begin with; null where any path will do
 * @param target where a request goes that meets them
 * @param stripBasePath whether the target is called without the base path
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html">Routing
 *     rules</a>
 */
public record RoutingRuleSnapshot(
    String id,
    List<HeaderCondition> headers,
    @Nullable List<BasePath> basePaths,
    Target target,
    boolean stripBasePath) {

  /** One of these is met. */
  public record HeaderCondition(List<HeaderValue> anyOf) {}

  /** A header's name, whose casing does not count, and what its value must be. */
  public record HeaderValue(String name, ValueGlob value) {}

  /**
   * A base path.
   *
   * @param text its segments joined by slashes
   * @param segments how many
   */
  public record BasePath(String text, int segments) {
    static final BasePath NONE = new BasePath("", 0);

    /** Takes one apart. */
    public static BasePath of(String text) {
      return new BasePath(text, text.split("/", -1).length);
    }

    private boolean begins(List<String> path) {
      return path.size() >= segments && String.join("/", path.subList(0, segments)).equals(text);
    }
  }

  /**
   * The base path by which it takes a request, {@link BasePath#NONE} where it has no such
   * condition; null where it does not take it.
   *
   * @param path segments
   * @param values those of a header, by its name, as they came: a field each
   */
  // AWS: fields of a name are looked at one by one, not joined; source: documented, as above.
  @Nullable BasePath match(List<String> path, Function<String, List<String>> values) {
    for (HeaderCondition condition : headers) {
      if (condition.anyOf().stream().noneMatch(header -> isMet(header, values))) {
        return null;
      }
    }
    if (basePaths == null) {
      return BasePath.NONE;
    }
    return basePaths.stream().filter(each -> each.begins(path)).findFirst().orElse(null);
  }

  private static boolean isMet(HeaderValue header, Function<String, List<String>> values) {
    return values.apply(header.name()).stream().anyMatch(header.value()::matches);
  }
}
