package io.portico.gateway.execute;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which stage a request calls, read from its host or, on a host that is nobody's, from its path.
 * What a custom domain name leads to is for {@link CustomDomains} to say.
 *
 * <ul>
 *   <li>{@code {api}.execute-api.{region}.localhost/{stage}/…}, with any other domain behind {@code
 *       execute-api} too
 *   <li>{@code /_aws/execute-api/{api}/{stage}/…}
 *   <li>{@code /restapis/{api}/{stage}/_user_request_/…}
 * </ul>
 *
 * @param apiId lower-case where a host names it, else as it stands in the path; may be unknown
 * @param stageName may be unknown or empty
 * @param afterStage what stood behind the stage: empty, or begins with a slash
 * @param domainName the host that was called, without port
 * @param customPath the path where a custom domain name was called; null where the host or the path
 *     names API and stage itself
 */
public record ApiAddress(
    String apiId,
    String stageName,
    String afterStage,
    String domainName,
    @Nullable CustomPath customPath) {
  private static final String API_LABEL = "execute-api.";
  private static final String PATH_FORM = "/_aws/execute-api/";
  private static final String LEGACY_FORM = "/restapis/";
  private static final String USER_REQUEST = "/_user_request_";

  /**
   * The path of a call by a custom domain name.
   *
   * @param whole begins with one slash
   * @param basePath that of the mapping it matched; empty where that has none, or a rule matched
   * @param ruleId the routing rule that matched it, or null
   */
  public record CustomPath(String whole, String basePath, @Nullable String ruleId) {}

  /**
   * This address, read as that of the stage {@code $default}, which is served without a path of its
   * own: what would name a stage is the path's first segment.
   */
  ApiAddress ofDefaultStage() {
    return new ApiAddress(
        apiId, HttpStage.DEFAULT, "/" + stageName + afterStage, domainName, customPath);
  }

  /**
   * Another path of the same stage, by its default endpoint.
   *
   * @param path begins with a slash
   */
  public ApiAddress below(String path) {
    return new ApiAddress(apiId, stageName, path, domainName, null);
  }

  /** Whether the request calls an API at all; quick, and reads nothing but host and path. */
  public static boolean isCall(HttpRequest request) {
    if (isApiHost(request.host())) {
      return true;
    }
    String target = request.target();
    return target.startsWith(PATH_FORM) || (target.startsWith(LEGACY_FORM) && of(request) != null);
  }

  /** The stage that is called, or null where the request calls no API. */
  public static @Nullable ApiAddress of(HttpRequest request) {
    String host = request.host();
    String path = request.rawPath();
    if (isApiHost(host)) {
      String apiId = host.substring(0, host.indexOf('.')).toLowerCase(Locale.ROOT);
      // AWS: slashes before the stage have no effect; source: recorded, facts RTE-07.
      return of(apiId, path, skipSlashes(path, 0), withoutPort(host));
    }
    if (path.startsWith(PATH_FORM)) {
      return behindApi(path, PATH_FORM.length(), withoutPort(host));
    }
    if (path.startsWith(LEGACY_FORM)) {
      ApiAddress address = behindApi(path, LEGACY_FORM.length(), withoutPort(host));
      if (address != null && isBelow(address.afterStage, USER_REQUEST)) {
        return new ApiAddress(
            address.apiId,
            address.stageName,
            address.afterStage.substring(USER_REQUEST.length()),
            address.domainName,
            null);
      }
    }
    return null;
  }

  private static @Nullable ApiAddress behindApi(String path, int start, String domainName) {
    int slash = path.indexOf('/', start);
    if (slash < 0) {
      return new ApiAddress(path.substring(start), "", "", domainName, null);
    }
    return of(path.substring(start, slash), path, skipSlashes(path, slash), domainName);
  }

  private static ApiAddress of(String apiId, String path, int stageStart, String domainName) {
    int slash = path.indexOf('/', stageStart);
    int end = slash < 0 ? path.length() : slash;
    return new ApiAddress(
        apiId, path.substring(stageStart, end), path.substring(end), domainName, null);
  }

  static int skipSlashes(String path, int from) {
    int start = from;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return start;
  }

  /** Whether a host names an API, known or not: then no custom domain name has it. */
  public static boolean isApiHost(String host) {
    int dot = host.indexOf('.');
    // As it is written as a rule, first: ignoring case costs a look at every character.
    return dot > 0
        && (host.startsWith(API_LABEL, dot + 1)
            || host.regionMatches(true, dot + 1, API_LABEL, 0, API_LABEL.length()));
  }

  private static boolean isBelow(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
