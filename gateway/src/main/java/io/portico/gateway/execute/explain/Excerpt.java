package io.portico.gateway.execute.explain;

import io.portico.gateway.http.Body;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a content that is in memory anyway. Kept as it is, so that keeping it costs
 * nothing; its secrets are hidden when it is shown.
 */
final class Excerpt {
  /** Of each content; an entry has up to six. */
  static final int MOST_BYTES = 4096;

  private final byte[] beginning;
  private final boolean cut;
  private final long length;

  private Excerpt(byte[] beginning, boolean cut, long length) {
    this.beginning = beginning;
    this.cut = cut;
    this.length = length;
  }

  /** A body that streams is not read for it: null. */
  static @Nullable Excerpt of(@Nullable Body body) {
    return switch (body) {
      case Body.Empty _ -> null;
      case Body.Buffered buffered -> of(buffered.bytes());
      case null, default -> null;
    };
  }

  /**
   * @param content that nobody changes any more
   */
  static Excerpt of(byte[] content) {
    return new Excerpt(
        content.length <= MOST_BYTES ? content : Arrays.copyOf(content, MOST_BYTES),
        content.length > MOST_BYTES,
        content.length);
  }

  /** Its length is that of the text: of a long one nobody counts the bytes. */
  static Excerpt of(String text) {
    return text.length() <= MOST_BYTES
        ? of(text.getBytes(StandardCharsets.UTF_8))
        : new Excerpt(
            text.substring(0, MOST_BYTES).getBytes(StandardCharsets.UTF_8), true, text.length());
  }

  /** Bytes of memory. */
  int size() {
    return 64 + beginning.length;
  }

  /** What may be shown of it. */
  String shown(Secrets secrets) {
    for (byte octet : beginning) {
      if (octet == 0) {
        return "(" + length + " bytes, no text)";
      }
    }
    String text = new String(beginning, StandardCharsets.UTF_8);
    return cut
        ? secrets.hiddenBeginning(text) + Secrets.CUT + " (" + length + " in all)"
        : secrets.hidden(text);
  }
}
