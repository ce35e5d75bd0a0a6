package io.portico.gateway.snapshot;

import io.portico.gateway.x509.CertifiedChain;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A custom domain name, ready to be called.
 *
 * @param domainName as it was created, with an asterisk for a first label where it is a wildcard
 * @param privateOnly whether only VPC endpoints reach it
 * @param refusal closes all of it (mutual TLS, a private endpoint), or null
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
    Map<String, Target> mappings,
    int deepest,
    @Nullable CloudFront cloudFront,
    @Nullable CertifiedChain certificate) {

  /**
   * What a base path leads to.
   *
   * @param stageName null where the path goes on with the stage's name
   */
  public record Target(String apiId, @Nullable String stageName) {}

  /**
   * The mapping that takes a path.
   *
   * @param basePath its base path, empty where it has none
   * @param segments how many segments of the path are its base path
   */
  public record Match(Target target, String basePath, int segments) {}

  /**
   * The mapping with the longest base path that a path begins with, or null. AWS: source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html.
   *
   * @param path its segments
   */
  public @Nullable Match match(List<String> path) {
    for (int length = Math.min(deepest, path.size()); length >= 0; length--) {
      String basePath = String.join("/", path.subList(0, length));
      Target target = mappings.get(basePath);
      // An empty segment is no base path: it would be the empty one.
      if (target != null && (length == 0 || !path.getFirst().isEmpty())) {
        return new Match(target, basePath, length);
      }
    }
    return null;
  }
}
