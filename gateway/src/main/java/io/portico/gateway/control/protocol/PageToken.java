package io.portico.gateway.control.protocol;

import io.portico.gateway.store.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ends, as clients see it: the key of the last item already sent, opaque to
 * them. A list that changes between two pages neither repeats nor skips what stays, and a token
 * never expires.
 */
public final class PageToken {
  private PageToken() {}

  /** The token of a key. */
  public static String of(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key of a token.
   *
   * @param token null or empty to start
   * @return empty to start; null for a token that Portico has not given
   */
  public static @Nullable String key(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return "";
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      String key = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return RecordKey.isText(key) ? key : null;
    } catch (IllegalArgumentException | CharacterCodingException _) {
      // A client may send anything; it is refused like any other text that is no token.
      return null;
    }
  }
}
