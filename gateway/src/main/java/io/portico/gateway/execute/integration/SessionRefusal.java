package io.portico.gateway.execute.integration;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How services say that they do not take the session that a call is signed as: it is over, or not
 * known, as after a restart of the STS that has given it out.
 *
 * <p>AWS: source: documented, https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * and https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; Lambda, whose codes are
 * in a header, in words that users have published.
 */
final class SessionRefusal {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private static final Pattern WORDS =
      Pattern.compile(
          "ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidToken|InvalidAccessKeyId"
              + "|security token included in the request is (?:invalid|expired)");

  private SessionRefusal() {}

  /** Whether an answer of that status may say so. */
  static boolean isPossible(int status) {
    return status == BAD_REQUEST || status == UNAUTHORIZED || status == FORBIDDEN;
  }

  static boolean isIn(byte[] content) {
    return WORDS.matcher(new String(content, StandardCharsets.UTF_8)).find();
  }
}
