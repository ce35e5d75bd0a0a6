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

  private final String text;
  private final boolean literal;
  private final List<String> parts;

  private ArnPattern(String text, List<String> parts) {
    this.text = text;
    this.literal = text.indexOf('*') < 0 && text.indexOf('?') < 0;
    this.parts = parts;
  }

  /** The pattern of a text, or null where the text has not six parts. */
  public static @Nullable ArnPattern of(String text) {
    List<String> parts = List.of(text.split(":", PARTS));
    return parts.size() == PARTS ? new ArnPattern(text, parts) : null;
  }

  /** Whether an ARN is like this. */
  public boolean matches(String arn) {
    if (literal) {
      return arn.equals(text);
    }
    int begin = 0;
    for (int i = 0; i < PARTS - 1; i++) {
      int end = arn.indexOf(':', begin);
      if (end < 0 || !Wildcards.match(parts.get(i), arn, begin, end)) {
        return false;
      }
      begin = end + 1;
    }
    return Wildcards.match(parts.getLast(), arn, begin, arn.length());
  }
}
