package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.Wildcards;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Resource} of a statement. AWS: wildcards stand within the parts of an ARN; source:
 * documented, IAM User Guide, "IAM JSON policy elements: Resource". Where more of them deny, a
 * {@code *} reaches beyond a colon.
 *
 * @param not whether it is {@code NotResource}
 */
record ResourceElement(boolean not, List<Named> named) {
  /** Of an ARN, between colons. */
  private static final int PARTS = 6;

  /**
   * What one of its texts names.
   *
   * @param arn null where the text is none
   */
  private record Named(String text, boolean anything, @Nullable ArnPattern arn) {
    static Named of(String text) {
      return new Named(text, text.equals("*"), ArnPattern.of(completed(text)));
    }

    boolean covers(String resource, boolean narrow) {
      return anything
          || (!narrow && Wildcards.match(text, resource))
          || (arn != null && arn.matches(resource));
    }
  }

  static ResourceElement of(boolean not, List<String> patterns) {
    return new ResourceElement(not, patterns.stream().map(Named::of).toList());
  }

  /**
   * Whether it is about a resource.
   *
   * @param allows whether its statement allows
   */
  boolean covers(String resource, boolean allows) {
    boolean narrow = allows != not;
    for (Named each : named) {
      if (each.covers(resource, narrow)) {
        return !not;
      }
    }
    return not;
  }

  /**
   * AWS: an ARN of fewer parts has wildcards for those that are missing: {@code arn:aws:sqs} is
   * {@code arn:aws:sqs:*:*:*}; source: documented, IAM User Guide, as above. That the policies of
   * authorizers may name such a one is reported by users,
   * https://github.com/CodeGenieApp/serverless-express/issues/551.
   */
  private static String completed(String pattern) {
    int parts = 1;
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == ':') {
        parts++;
      }
    }
    return parts < PARTS && pattern.startsWith("arn:")
        ? pattern + ":*".repeat(PARTS - parts)
        : pattern;
  }
}
