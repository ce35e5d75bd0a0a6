package io.portico.gateway.control.iam;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Ids that say by their first four letters what they name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids">Unique
 *     identifiers</a>
 */
public final class UniqueId {
  public static final String ROLE = "AROA";
  public static final String TEMPORARY_ACCESS_KEY = "ASIA";
  static final String MANAGED_POLICY = "ANPA";
  static final String USER = "AIDA";
  static final String ACCESS_KEY = "AKIA";
  static final String INSTANCE_PROFILE = "AIPA";

  /** Of an access key, the prefix aside. */
  public static final int KEY_LENGTH = 16;

  /** Of anything else, the prefix aside. */
  public static final int LENGTH = 17;

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private UniqueId() {}

  /** A new id. */
  public static String next(String prefix, int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return prefix + letters(bytes, length);
  }

  /** The id that always belongs to a text. */
  public static String of(String prefix, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return prefix + letters(digest, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String letters(byte[] bytes, int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(bytes[i] & 31));
    }
    return id.toString();
  }
}
