package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.MatchedCall;
import java.util.ArrayList;
import java.util.List;

/**
 * The method that is called as the {@code Resource} of policies: its ARN with the request's own
 * verb and path.
 *
 * <p>A path that ends with a slash, or that a backend may decode, has other readings, by which what
 * is denied could be called after all. What a policy denies of one of them it denies of all; it has
 * to allow the path as it stands.
 *
 * @param arn with the path as it stands
 * @param readings with the path as others may read it; none, as a rule
 */
record MethodResource(String arn, List<String> readings) {

  static MethodResource of(MatchedCall match) {
    CanonicalPath path = match.invocation().path();
    String text = path.text();
    String arn = match.arn();
    boolean slash = text.length() > 1 && text.endsWith("/");
    List<String> decoded = path.decodedSegments();
    if (!slash && decoded == null) {
      return new MethodResource(arn, List.of());
    }
    String method = arn.substring(0, arn.length() - text.length());
    List<String> readings = new ArrayList<>(2);
    if (slash) {
      readings.add(arn.substring(0, arn.length() - 1));
    }
    if (decoded != null) {
      readings.add(method + "/" + String.join("/", decoded));
    }
    return new MethodResource(arn, List.copyOf(readings));
  }
}
