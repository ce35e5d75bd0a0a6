package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.logs.LogPosition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a list goes on, as a text that says nothing to the caller. */
final class Tokens {
  private Tokens() {}

  static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was encoded, or empty where there is no token. */
  static String decoded(@Nullable String token) {
    if (token == null) {
      return "";
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw invalid();
    }
  }

  static String place(LogPosition place) {
    return encoded(
        place.timestamp()
            + " "
            + place.ingestionTime()
            + " "
            + place.offset()
            + " "
            + place.stream());
  }

  static LogPosition place(String token) {
    String[] parts = decoded(token).split(" ", 4);
    if (parts.length < 4) {
      throw invalid();
    }
    try {
      return new LogPosition(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[3], Long.parseLong(parts[2]));
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  /** AWS: source: reported by users of AWS's clients. */
  static ServiceException invalid() {
    return LogsErrors.invalidParameter("The specified nextToken is invalid.");
  }
}
