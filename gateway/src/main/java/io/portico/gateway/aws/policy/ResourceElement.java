package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.Wildcards;
import java.util.List;

/**
 * The {@code Resource} of a statement. AWS: wildcards stand within the parts of an ARN; source:
 * documented, IAM User Guide, "IAM JSON policy elements: Resource". Where more of them deny, a
 * {@code *} reaches beyond a colon.
 *
 * @param not whether it is {@code NotResource}
 */
record ResourceElement(boolean not, List<String> patterns) {

  /**
   * Whether it is about a resource.
   *
   * @param allows whether its statement allows
   */
  boolean covers(String resource, boolean allows) {
    boolean narrow = allows != not;
    return patterns.stream().anyMatch(pattern -> matches(pattern, resource, narrow)) != not;
  }

  private static boolean matches(String pattern, String resource, boolean narrow) {
    if (pattern.equals("*") || !narrow) {
      return Wildcards.match(pattern, resource);
    }
    ArnPattern arn = ArnPattern.of(pattern);
    return arn != null && arn.matches(resource);
  }
}
