package io.portico.gateway.execute;

import io.portico.gateway.execute.ApiAddress.CustomPath;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.DomainNameSnapshot.Match;
import io.portico.gateway.snapshot.DomainNameSnapshot.Target;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls by custom domain names: which name a host is, and which stage a path leads to behind it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html">
 *     API mappings</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html">
 *     Routing rules</a>
 */
final class CustomDomains {
  private static final String HOST = "host";

  private CustomDomains() {}

  /**
   * The custom domain name that a request calls, or null.
   *
   * @param kept which hosts are none, although a wildcard may cover them
   */
  static @Nullable DomainNameSnapshot of(
      HttpRequest request, GatewaySnapshot snapshot, Predicate<String> kept) {
    String host = host(request);
    DomainNameSnapshot domain = snapshot.domain(host);
    return domain == null || kept.test(host) ? null : domain;
  }

  /**
   * The stage that a request calls, or null where no routing rule and no mapping leads to one.
   *
   * <p>Which one that is, is read from the path as it came. A backend that reads it in another way
   * might see another one's base path in it; such a path leads nowhere.
   */
  static @Nullable ApiAddress address(HttpRequest request, DomainNameSnapshot domain) {
    String path = request.rawPath();
    CanonicalPath whole = CanonicalPath.of("", path);
    Function<String, List<String>> values = name -> values(request, name);
    Match match = domain.match(whole.segments(), values);
    if (match == null || isAmbiguous(whole, domain, values, match)) {
      return null;
    }
    Target target = match.target();
    int at = behind(path, match.segments());
    String stage = target.stageName();
    if (stage == null) {
      int start = ApiAddress.skipSlashes(path, at);
      at = endOfSegment(path, start);
      stage = path.substring(start, at);
    }
    return new ApiAddress(
        target.apiId(),
        stage,
        path.substring(at),
        host(request),
        new CustomPath(whole.text(), match.basePath(), match.ruleId()));
  }

  private static boolean isAmbiguous(
      CanonicalPath whole,
      DomainNameSnapshot domain,
      Function<String, List<String>> values,
      Match match) {
    List<String> decoded = whole.decodedSegments();
    return decoded != null && !match.equals(domain.match(decoded, values));
  }

  /** The port that a host may name is none of AWS's: a rule for a host holds behind any. */
  private static List<String> values(HttpRequest request, String header) {
    return header.equalsIgnoreCase(HOST)
        ? List.of(ApiAddress.withoutPort(request.host()))
        : request.headers().all(header);
  }

  /** Where so many segments of a path end. */
  private static int behind(String path, int segments) {
    int at = 0;
    for (int i = 0; i < segments; i++) {
      at = endOfSegment(path, ApiAddress.skipSlashes(path, at));
    }
    return at;
  }

  private static int endOfSegment(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  /** Names compare without casing, and without the dot that may end a full one. */
  private static String host(HttpRequest request) {
    String host = ApiAddress.withoutPort(request.host()).toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
