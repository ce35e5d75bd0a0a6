package io.portico.gateway.control.sts;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.control.iam.UniqueId;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes temporary credentials that nobody has. */
final class NewCredentials {
  /** 80 bits: nobody has the same. */
  private static final int ACCESS_KEY_LENGTH = 16;

  /** Of 40 characters in Base64, as AWS's are. */
  private static final int SECRET_BYTES = 30;

  private static final int TOKEN_BYTES = 258;

  private static final SecureRandom RANDOM = new SecureRandom();

  private NewCredentials() {}

  static Credentials next() {
    return new Credentials(
        UniqueId.next(UniqueId.TEMPORARY_ACCESS_KEY, ACCESS_KEY_LENGTH),
        text(SECRET_BYTES),
        text(TOKEN_BYTES));
  }

  private static String text(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
