package io.portico.gateway.proxy;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's content as an event has it.
 *
 * @param text the content, or what stands for it in base64; null where there is none
 * @param base64 whether it is the latter
 */
public record EventBody(@Nullable String text, boolean base64) {
  /**
   * AWS: other types are binary, forms among them; source: documented for HTTP APIs, where JSON,
   * JavaScript, XML and text are passed as text.
   */
  private static final Set<String> TEXT =
      Set.of("application/json", "application/javascript", "application/xml");

  /** The content of a request with these headers. */
  public static EventBody of(Headers headers, byte[] body) {
    if (body.length == 0) {
      return new EventBody(null, false);
    }
    String text = isText(headers) ? text(body) : null;
    return text == null
        ? new EventBody(Base64.getEncoder().encodeToString(body), true)
        : new EventBody(text, false);
  }

  /** AWS: that content without a type is text is inferred. */
  private static boolean isText(Headers headers) {
    String contentType = headers.first("Content-Type");
    if (contentType == null) {
      return true;
    }
    String type = MediaType.of(contentType);
    return type.startsWith("text/")
        || TEXT.contains(type)
        || type.endsWith("+json")
        || type.endsWith("+xml");
  }

  /** Null for what is no text whatever its type says: nothing of it may be lost. */
  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
