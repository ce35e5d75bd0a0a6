package io.portico.gateway.aws;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ARN with wildcards, as IAM's {@code ArnLike} compares it: each of the six parts between colons
 * by itself, so that a {@code *} reaches beyond a colon only within the last part. Source:
 * documented, IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
public final class ArnPattern {
  private static final int PARTS = 6;

  private final List<String> parts;

  private ArnPattern(List<String> parts) {
    this.parts = parts;
  }

  /** The pattern of a text, or null where the text has not six parts. */
  public static @Nullable ArnPattern of(String text) {
    List<String> parts = parts(text);
    return parts.size() == PARTS ? new ArnPattern(parts) : null;
  }

  private static List<String> parts(String arn) {
    return List.of(arn.split(":", PARTS));
  }

  /** Whether an ARN is like this. */
  public boolean matches(String arn) {
    List<String> given = parts(arn);
    if (given.size() != PARTS) {
      return false;
    }
    for (int i = 0; i < PARTS; i++) {
      if (!Wildcards.match(parts.get(i), given.get(i))) {
        return false;
      }
    }
    return true;
  }
}
