package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.Headers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a message line by line as it arrives, once: complete lines are consumed, and of
 * an incomplete one is remembered how far it was looked at.
 *
 * <p>Lines end with CRLF and nothing else. A field is a token, a colon at once, and a value without
 * controls; a line that begins with a space is refused (obs-fold).
 */
public abstract class HeadReader {
  /** Bytes to look at first: most heads are shorter, and content behind them need not be copied. */
  private static final int FIRST_VIEW = 2048;

  private final WireLimits limits;
  private final Scratch scratch;

  private boolean startLineRead;

  /** How much of the line at the reader index has been looked at. */
  private int scanned;

  private int headerBytes;
  private int headerFields;
  private Headers.@Nullable Builder fields;

  /** {@code Content-Length}, or -1 where there is none. */
  private long contentLength;

  private boolean chunked;
  private boolean close;
  private boolean keepAlive;

  HeadReader(WireLimits limits, Scratch scratch) {
    this.limits = limits;
    this.scratch = scratch;
    reset();
  }

  /** Makes ready for the next message. */
  public void reset() {
    startLineRead = false;
    scanned = 0;
    headerBytes = 0;
    headerFields = 0;
    fields = null;
    contentLength = -1;
    chunked = false;
    close = false;
    keepAlive = false;
  }

  /** Whether anything of a message has arrived. */
  public final boolean begun() {
    return startLineRead || scanned > 0;
  }

  /** Expects fields only. */
  final void withoutStartLine() {
    startLineRead = true;
  }

  /**
   * Consumes what is there of the head.
   *
   * @return whether the head is complete
   */
  public final boolean read(ByteBuf in) throws MalformedMessageException {
    int view = FIRST_VIEW;
    while (in.isReadable()) {
      byte[] window = scratch.window(view);
      int filled = Math.min(in.readableBytes(), view);
      in.getBytes(in.readerIndex(), window, 0, filled);
      int line = 0;
      while (true) {
        int end = endOfLine(window, line + scanned, filled);
        if (end < 0) {
          scanned = ~end - line;
          break;
        }
        scanned = 0;
        if (end == line && startLineRead) {
          in.skipBytes(line + 2);
          finish();
          return true;
        }
        line(window, line, end);
        line = end + 2;
      }
      in.skipBytes(line);
      checkPartial();
      if (in.readableBytes() == filled - line) {
        return false;
      }
      if (line == 0) {
        // The line is longer than the view; its limit is checked above.
        view *= 2;
      }
    }
    return false;
  }

  /**
   * The index of the CR that ends the line, or the complement of the index up to which there is no
   * end.
   *
   * @throws MalformedMessageException for a control that may stand nowhere, CR and LF alone
   *     included
   */
  private static int endOfLine(byte[] window, int from, int to) throws MalformedMessageException {
    for (int i = from; i < to; i++) {
      byte octet = window[i];
      if (Octets.isControl(octet)) {
        if (octet != '\r') {
          throw badRequest(octet == '\n' ? "a bare LF" : "a control character");
        }
        if (i + 1 == to) {
          return ~i;
        }
        if (window[i + 1] != '\n') {
          throw badRequest("a bare CR");
        }
        return i;
      }
    }
    return ~to;
  }

  private void checkPartial() throws MalformedMessageException {
    if (!startLineRead) {
      checkStartLine(scanned);
    } else if (headerBytes + scanned > limits.headerBytes()) {
      throw limits.tooLong();
    }
  }

  private void checkStartLine(int length) throws MalformedMessageException {
    if (length > limits.startLine()) {
      throw new MalformedMessageException(
          414, "a start line of more than " + limits.startLine() + " bytes");
    }
  }

  private void line(byte[] bytes, int from, int to) throws MalformedMessageException {
    if (!startLineRead) {
      checkStartLine(to - from);
      startLineRead = startLine(bytes, from, to);
      return;
    }
    headerBytes += to - from + 2;
    if (headerBytes > limits.headerBytes()) {
      throw limits.tooLong();
    }
    if (++headerFields > limits.headerFields()) {
      throw limits.tooMany();
    }
    field(bytes, from, to);
  }

  private void field(byte[] bytes, int from, int to) throws MalformedMessageException {
    int colon = from;
    while (colon < to && Octets.isToken(bytes[colon])) {
      colon++;
    }
    if (colon == to || bytes[colon] != ':' || colon == from) {
      throw badRequest("a line that is no header field");
    }
    int start = colon + 1;
    int end = to;
    while (start < end && Octets.isSpace(bytes[start])) {
      start++;
    }
    while (end > start && Octets.isSpace(bytes[end - 1])) {
      end--;
    }
    String name = scratch.names.text(bytes, from, colon);
    String value = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    Headers.Builder builder = fields;
    if (builder == null) {
      builder = Headers.builder();
      fields = builder;
    }
    builder.addChecked(name, value);
    accept(name, value);
  }

  /** Takes note of a field that framing depends on. */
  void accept(String name, String value) throws MalformedMessageException {
    switch (name.length()) {
      case 10 -> {
        if (name.equalsIgnoreCase("Connection")) {
          connection(value);
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("Content-Length")) {
          if (contentLength >= 0) {
            throw badRequest("more than one Content-Length");
          }
          contentLength = number(value);
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("Transfer-Encoding")) {
          if (chunked || !value.equalsIgnoreCase("chunked")) {
            throw badRequest("a Transfer-Encoding other than chunked");
          }
          chunked = true;
        }
      }
      default -> {}
    }
  }

  private void connection(String value) {
    for (String option : value.split(",", -1)) {
      String name = option.strip();
      if (name.equalsIgnoreCase("close")) {
        close = true;
      } else if (name.equalsIgnoreCase("keep-alive")) {
        keepAlive = true;
      }
    }
  }

  static long number(String digits) throws MalformedMessageException {
    int length = digits.length();
    // No sign, no list, no leading zero that some would read as octal, nothing near the end of a
    // long.
    if (length == 0 || length > 18 || (length > 1 && digits.charAt(0) == '0')) {
      throw badRequest("a Content-Length that is no plain number");
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        throw badRequest("a Content-Length that is no plain number");
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private void finish() throws MalformedMessageException {
    if (chunked && contentLength >= 0) {
      throw badRequest("Content-Length and Transfer-Encoding");
    }
    if (chunked && minorVersion() == 0) {
      throw badRequest("Transfer-Encoding in HTTP/1.0");
    }
    complete();
  }

  /**
   * Reads the first line.
   *
   * @return false for an empty line that is skipped
   */
  abstract boolean startLine(byte[] bytes, int from, int to) throws MalformedMessageException;

  /** Checks the head as a whole. */
  abstract void complete() throws MalformedMessageException;

  /** 0 or 1: the part of the version after {@code HTTP/1.}. */
  public abstract int minorVersion();

  /** The fields in order and casing; for once, as the builder is not kept. */
  public final Headers headers() {
    Headers.Builder builder = fields;
    fields = null;
    return builder == null ? Headers.empty() : builder.build();
  }

  public final long contentLength() {
    return contentLength;
  }

  public final boolean chunked() {
    return chunked;
  }

  /** Whether the sender means to keep the connection after this message. */
  public final boolean persistent() {
    return !close && (minorVersion() == 1 || keepAlive);
  }

  final String cached(byte[] bytes, int from, int to) {
    return scratch.names.text(bytes, from, to);
  }

  /** Reads {@code HTTP/1.0} or {@code HTTP/1.1}, to the letter. */
  static int minorVersion(byte[] bytes, int from, int to) throws MalformedMessageException {
    if (to - from != 8
        || bytes[from] != 'H'
        || bytes[from + 1] != 'T'
        || bytes[from + 2] != 'T'
        || bytes[from + 3] != 'P'
        || bytes[from + 4] != '/'
        || !digit(bytes[from + 5])
        || bytes[from + 6] != '.'
        || !digit(bytes[from + 7])) {
      throw badRequest("no HTTP version");
    }
    int minor = bytes[from + 7] - '0';
    if (bytes[from + 5] != '1' || minor > 1) {
      throw new MalformedMessageException(505, "neither HTTP/1.0 nor HTTP/1.1");
    }
    return minor;
  }

  static boolean digit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
