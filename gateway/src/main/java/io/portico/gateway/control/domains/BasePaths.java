package io.portico.gateway.control.domains;

import io.portico.gateway.model.BasePathMappingRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Base paths of custom domain names, of which a segment or several with slashes between them are an
 * <b>API mapping key</b>.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html">Use
 *     API mappings</a>
 */
public final class BasePaths {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9$_.+!*'()-]+");
  private static final int LONGEST = 300;

  private BasePaths() {}

  /** Whether a call names the one that takes every path that no other mapping has. */
  public static boolean isNone(@Nullable String sent) {
    return sent == null || sent.isEmpty() || sent.equals(BasePathMappingRecord.NO_BASE_PATH);
  }

  /** Whether it has segments, of the characters that they may have. */
  // AWS: that a segment of dots, which leads out of itself, is none is assumed.
  public static boolean isValid(String path) {
    boolean valid = path.length() <= LONGEST;
    for (String segment : path.split("/", -1)) {
      valid &= SEGMENT.matcher(segment).matches();
      valid &= !segment.equals(".") && !segment.equals("..");
    }
    return valid;
  }
}
