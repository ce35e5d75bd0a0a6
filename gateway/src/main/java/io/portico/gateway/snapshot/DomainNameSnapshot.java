package io.portico.gateway.snapshot;

import io.portico.gateway.x509.CertifiedChain;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A custom domain name, ready to be called.
 *
 * @param domainName as it was created, with an asterisk for a first label where it is a wildcard
 * @param privateOnly whether only VPC endpoints reach it
 * @param refusal closes all of it (mutual TLS, a private endpoint), or null
 * @param rules looked at before the mappings, in this order: the first that takes a request sends
 *     it
 * @param mappings what base paths lead to, by their segments joined by slashes; the empty one takes
 *     what no other one does
 * @param deepest how many segments the longest base path has
 * @param cloudFront what stands before an edge-optimised one, or null for any other
 * @param certificate what HTTPS shows to clients that ask for it, or null where that is the
 *     listener's own
 */
public record DomainNameSnapshot(
    String domainName,
    boolean privateOnly,
    @Nullable Refusal refusal,
    List<RoutingRuleSnapshot> rules,
    Map<String, Target> mappings,
    int deepest,
    @Nullable CloudFront cloudFront,
    @Nullable CertifiedChain certificate) {

  /**
   * What a base path or a routing rule leads to.
   *
   * @param stageName null where the path goes on with the stage's name
   */
  public record Target(String apiId, @Nullable String stageName) {}

  /**
   * What takes a request.
   *
   * @param ruleId the routing rule's, or null where that is a mapping
   * @param basePath the mapping's base path; empty where it has none, or a rule takes the request
   * @param segments how many segments of the path the target is called without
   */
  public record Match(Target target, @Nullable String ruleId, String basePath, int segments) {}

  /**
   * What takes a request, or null.
   *
   * @param path its segments
   * @param values those of a header, by its name, as they came: a field each
   */
  public @Nullable Match match(List<String> path, Function<String, List<String>> values) {
    for (RoutingRuleSnapshot rule : rules) {
      RoutingRuleSnapshot.BasePath basePath = rule.match(path, values);
      if (basePath != null) {
        int stripped = rule.stripBasePath() ? basePath.segments() : 0;
        return new Match(rule.target(), rule.id(), "", stripped);
      }
    }
    return mapped(path);
  }

  /**
   * The mapping with the longest base path that a path begins with, or null. AWS: source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html.
   */
  private @Nullable Match mapped(List<String> path) {
    for (int length = Math.min(deepest, path.size()); length >= 0; length--) {
      String basePath = String.join("/", path.subList(0, length));
      Target target = mappings.get(basePath);
      // An empty segment is no base path: it would be the empty one.
      if (target != null && (length == 0 || !path.getFirst().isEmpty())) {
        return new Match(target, null, basePath, length);
      }
    }
    return null;
  }
}
