package io.portico.gateway.execute;

import io.portico.gateway.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The bytes of a body as mappings and templates see them: a text, and the JSON document it may be.
 * Each is made once, when first asked for. Belongs to the thread of its request.
 */
public final class Payload {
  private static final String EMPTY_BODY = "{}";
  private static final String ERROR_MESSAGE = "errorMessage";

  private final byte[] bytes;
  private @Nullable String raw;
  private boolean parsed;
  private @Nullable Object document;
  private @Nullable Object errorDocument;
  private @Nullable JacksonException failure;

  public Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The bytes as UTF-8; what is none becomes U+FFFD, as on AWS (recorded, facts BIN-12). */
  public String raw() {
    if (raw == null) {
      raw = new String(bytes, StandardCharsets.UTF_8);
    }
    return raw;
  }

  /**
   * The text that mappings and templates see.
   *
   * <p>AWS: an empty body is <code>{}</code>, in requests and responses; source: recorded, facts
   * VTL-04, and second-hand, facts SEC-01.
   */
  public String text() {
    return bytes.length == 0 ? EMPTY_BODY : raw();
  }

  /**
   * The text as plain JSON values. A template may change them; it is the last to read them.
   *
   * @throws JacksonException if the text is not JSON
   */
  public @Nullable Object document() {
    if (!parsed) {
      parsed = true;
      try {
        document = PlainJson.parse(text());
      } catch (JacksonException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return document;
  }

  /**
   * The document of a function's error, its {@code errorMessage} an object where it is the text of
   * one. The text stays as it is for whoever asks for the document itself.
   *
   * @throws JacksonException if the text is not JSON
   */
  public @Nullable Object errorDocument() {
    if (errorDocument == null) {
      errorDocument = withMessageRead(document());
    }
    return errorDocument;
  }

  private static @Nullable Object withMessageRead(@Nullable Object document) {
    if (!(document instanceof Map<?, ?> error)
        || !(error.get(ERROR_MESSAGE) instanceof String message)
        || !message.stripLeading().startsWith("{")) {
      return document;
    }
    try {
      Object read = PlainJson.parse(message);
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(error);
      copy.put(ERROR_MESSAGE, read);
      return copy;
    } catch (JacksonException e) {
      // A message that only begins like an object is a text.
      return document;
    }
  }
}
