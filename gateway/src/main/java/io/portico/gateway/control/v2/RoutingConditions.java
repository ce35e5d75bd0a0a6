package io.portico.gateway.control.v2;

import io.portico.gateway.control.domains.BasePaths;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.RoutingRuleRecord.Condition;
import io.portico.gateway.model.RoutingRuleRecord.MatchBasePaths;
import io.portico.gateway.model.RoutingRuleRecord.MatchHeaderValue;
import io.portico.gateway.model.RoutingRuleRecord.MatchHeaders;
import io.portico.gateway.snapshot.ValueGlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The <b>conditions</b> of a routing rule, and what they may be: up to two about headers and one
 * about the base path.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html#rest-api-routing-rules-restrictions">Restrictions</a>
 */
// AWS: the texts are assumed.
final class RoutingConditions {
  private static final int MOST_HEADERS = 2;
  private static final int LONGEST_HEADER = 39;
  private static final int LONGEST_GLOB = 127;
  private static final int LONGEST_INFIX = 39;
  private static final int LONGEST_BASE_PATH = 127;

  // AWS: the characters are those of RFC 7230's tokens; source: documented, as above.
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'.^_`|~?+-]+");

  // AWS: documents the same for values, and has "image/webp" and "ux=beta" in its own examples,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules-examples.html:
  // that every visible character of ASCII goes is assumed.
  private static final Pattern GLOB = Pattern.compile("\\*?[!-)+-~]*\\*?");

  private static final List<String> RESTRICTED_PREFIXES =
      List.of("access-control-", "apigw-", "x-amz-", "x-amzn-");
  private static final Set<String> RESTRICTED =
      Set.of(
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-location",
          "forwarded",
          "keep-alive",
          "origin",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailers",
          "transfer-encoding",
          "upgrade",
          "x-apigw-api-id",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-restapi",
          "via");

  private RoutingConditions() {}

  /**
   * Those that a call sends.
   *
   * @throws ServiceException if one may not be
   */
  static List<Condition> of(Input input) {
    List<Condition> conditions = new ArrayList<>();
    for (Input sent : input.structures("conditions")) {
      conditions.add(
          new Condition(
              basePaths(sent.structureOrNull("matchBasePaths")),
              headers(sent.structureOrNull("matchHeaders"))));
    }
    for (Condition condition : conditions) {
      if ((condition.matchBasePaths() == null) == (condition.matchHeaders() == null)) {
        throw ServiceException.badRequest(
            "Each condition must have either matchBasePaths or matchHeaders");
      }
    }
    long paths = conditions.stream().filter(each -> each.matchBasePaths() != null).count();
    if (paths > 1 || conditions.size() - paths > MOST_HEADERS) {
      throw ServiceException.badRequest(
          "A routing rule can have up to two matchHeaders conditions and one matchBasePaths"
              + " condition");
    }
    return conditions;
  }

  private static @Nullable MatchBasePaths basePaths(@Nullable Input sent) {
    if (sent == null) {
      return null;
    }
    List<String> paths = sent.stringsOrNull("anyOf");
    if (paths == null || paths.size() != 1) {
      throw onlyOne();
    }
    String path = paths.getFirst();
    if (path.length() > LONGEST_BASE_PATH || !BasePaths.isValid(path)) {
      throw ServiceException.badRequest(
          "Invalid base path specified: %s. A base path has less than %d characters and segments of"
                  .formatted(path, LONGEST_BASE_PATH + 1)
              + " letters, numbers and $-_.+!*'(), with slashes between them");
    }
    return new MatchBasePaths(paths);
  }

  private static @Nullable MatchHeaders headers(@Nullable Input sent) {
    if (sent == null) {
      return null;
    }
    List<Input> values = sent.structures("anyOf");
    if (values.size() != 1) {
      throw onlyOne();
    }
    String header = values.getFirst().string("header");
    String glob = values.getFirst().string("valueGlob");
    checkHeader(header);
    checkGlob(header, glob);
    return new MatchHeaders(List.of(new MatchHeaderValue(header, glob)));
  }

  private static ServiceException onlyOne() {
    return ServiceException.badRequest("Each anyOf condition can only contain one value");
  }

  private static void checkHeader(String header) {
    if (header.length() > LONGEST_HEADER || !HEADER.matcher(header).matches()) {
      throw ServiceException.badRequest(
          "Invalid header name specified: %s. A header name has less than %d characters and no"
                  .formatted(header, LONGEST_HEADER + 1)
              + " wildcard");
    }
    String name = header.toLowerCase(Locale.ROOT);
    if (RESTRICTED.contains(name) || RESTRICTED_PREFIXES.stream().anyMatch(name::startsWith)) {
      throw ServiceException.badRequest(
          "The header %s is not supported as a condition".formatted(header));
    }
  }

  private static void checkGlob(String header, String glob) {
    ValueGlob parts = ValueGlob.of(glob);
    int longest = parts.openStart() && parts.openEnd() ? LONGEST_INFIX : LONGEST_GLOB;
    if (glob.isEmpty() || glob.length() > longest || !GLOB.matcher(glob).matches()) {
      throw ServiceException.badRequest(
          "Invalid header value glob specified for %s: %s. It must be a value, *value, value* or"
                  .formatted(header, glob)
              + " *value* of less than %d characters".formatted(longest + 1));
    }
  }
}
