package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.MethodRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The <b>route key</b> of an HTTP API: a method and a path, or {@value #DEFAULT}.
 *
 * @param method of HTTP, {@code ANY}, or null for {@value #DEFAULT}
 * @param parts of the path; an empty one at its end stands for a slash there
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">Routes
 *     for HTTP APIs</a>
 */
public record RouteKey(@Nullable String method, List<String> parts) {
  public static final String DEFAULT = "$default";

  // AWS: source: AWS's own Lambda Test Tool, which holds routes against it
  // (https://github.com/aws/aws-lambda-dotnet).
  private static final Pattern PART = Pattern.compile("\\{[\\w.:-]+\\+?\\}|[a-zA-Z0-9.:_-]+");

  /**
   * A key as it was sent.
   *
   * @throws ServiceException if it is none
   */
  // AWS: the first text: reported, https://github.com/badmintoncryer/cdk-preflight; the second:
  // reported by users of AWS's clients, https://github.com/serverless/serverless/issues/10423; the
  // others are assumed.
  public static RouteKey parse(String key) {
    if (key.equals(DEFAULT)) {
      return new RouteKey(null, List.of());
    }
    int space = key.indexOf(' ');
    String method = space < 0 ? "" : key.substring(0, space);
    String path = key.substring(space + 1);
    if (!MethodRules.HTTP_METHODS.contains(method) || !path.startsWith("/")) {
      throw ServiceException.badRequest(
          "The provided route key is not formatted properly for HTTP protocol. Format should be"
              + " \"[HTTP METHOD] /[RESOURCE PATH]\" or \"$default\"");
    }
    List<String> parts = path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    checkParts(parts);
    return new RouteKey(method, parts);
  }

  private static void checkParts(List<String> parts) {
    Set<String> variables = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean last = i == parts.size() - 1;
      // AWS: a slash at the end makes another route; source: reported by users of AWS's clients.
      if (!PART.matcher(part).matches() && !(last && i > 0 && part.isEmpty())) {
        throw ServiceException.badRequest("One or more path parts appear to be invalid");
      }
      if (isGreedy(part) && !last) {
        throw ServiceException.badRequest(
            "Greedy path variables are only allowed at the end of a route's path: " + part);
      }
      if (isVariable(part) && !variables.add(name(part))) {
        throw ServiceException.badRequest("A route's path has each path variable once: " + part);
      }
    }
  }

  static boolean isVariable(String part) {
    return part.startsWith("{");
  }

  static boolean isGreedy(String part) {
    return part.endsWith("+}");
  }

  private static String name(String part) {
    return part.substring(1, part.length() - (isGreedy(part) ? 2 : 1));
  }
}
