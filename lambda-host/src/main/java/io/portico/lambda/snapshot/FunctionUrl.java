package io.portico.lambda.snapshot;

import io.portico.gateway.proxy.CorsPolicy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A function's URL.
 *
 * @param urlId the first label of its host
 * @param id the function that it calls
 * @param alias the alias of it, or null for {@code $LATEST}
 * @param open whether callers need no signature ({@code NONE})
 * @param streams whether answers go on while they come
 * @param cors what browsers are told, or null for what the function says
 */
public record FunctionUrl(
    String urlId,
    FunctionId id,
    @Nullable String alias,
    boolean open,
    boolean streams,
    @Nullable CorsPolicy cors) {
  private static final int ID_LENGTH = 32;

  /**
   * The id of a function's or an alias's URL: always the same. AWS: 32 letters and digits that
   * follow from account and function; source: documented, "Invoking Lambda function URLs". That it
   * is another one each time a URL is made is AWS's; here it can be known before.
   */
  public static String urlId(FunctionId id, @Nullable String alias) {
    byte[] digest;
    try {
      digest =
          MessageDigest.getInstance("SHA-256")
              .digest(arn(id, alias).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    String digits = "0".repeat(ID_LENGTH) + new BigInteger(1, digest).toString(Character.MAX_RADIX);
    return digits.substring(digits.length() - ID_LENGTH);
  }

  /** The ARN of what it calls. */
  public String arn() {
    return arn(id, alias);
  }

  private static String arn(FunctionId id, @Nullable String alias) {
    return alias == null ? id.arn() : id.arn(alias);
  }
}
