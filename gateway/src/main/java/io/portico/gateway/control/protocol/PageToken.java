package io.portico.gateway.control.protocol;

import io.portico.gateway.store.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ends, as clients see it: the key of the last item already sent, opaque to
 * them. A list that changes between two pages neither repeats nor skips what stays, and a token
 * never expires. A checksum tells tokens from other texts, such as those of another service or one
 * that was cut off; it is no signature.
 */
public final class PageToken {
  private PageToken() {}

  /** The token of a key. */
  public static String of(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer token = ByteBuffer.allocate(Integer.BYTES + bytes.length);
    token.putInt(checksum(bytes)).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  private static int checksum(byte[] key) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    return (int) checksum.getValue();
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
      ByteBuffer given = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (given.remaining() <= Integer.BYTES) {
        return null;
      }
      int checksum = given.getInt();
      byte[] bytes = new byte[given.remaining()];
      given.get(bytes);
      String key = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return checksum(bytes) == checksum && RecordKey.isText(key) ? key : null;
    } catch (IllegalArgumentException | CharacterCodingException _) {
      // A client may send anything; it is refused like any other text that is no token.
      return null;
    }
  }
}
