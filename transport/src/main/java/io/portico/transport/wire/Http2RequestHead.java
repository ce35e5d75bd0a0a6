package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.portico.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/2 request (RFC 9113, 8.2 and 8.3), or its trailers: takes each field as it is
 * decompressed, checks it, and leaves it out of the codec's own map.
 *
 * <p>A fault is remembered, as the rest must still be decompressed, and thrown when the head is
 * asked for.
 */
public final class Http2RequestHead extends DefaultHttp2Headers {
  private static final String LOWER_HOST = "host";

  private final WireLimits limits;
  private final Headers.Builder fields = Headers.builder();
  private @Nullable MalformedMessageException fault;

  private String method = "";
  private String scheme = "";
  private String path = "";
  private @Nullable String authority;
  private @Nullable String host;
  private @Nullable String expect;
  private @Nullable StringBuilder cookies;
  private boolean pseudo;
  private boolean regular;
  private int count;
  private int bytes;

  /** {@code content-length}, or -1 where there is none. */
  private long contentLength = -1;

  public Http2RequestHead(WireLimits limits) {
    super(false, 2);
    this.limits = limits;
  }

  @Override
  public Http2Headers add(CharSequence name, CharSequence value) {
    if (fault == null) {
      try {
        take(name.toString(), value.toString());
      } catch (MalformedMessageException e) {
        fault = e;
      }
    }
    return this;
  }

  private void take(String name, String value) throws MalformedMessageException {
    checkValue(value);
    if (!name.isEmpty() && name.charAt(0) == ':') {
      pseudo(name, value);
      return;
    }
    regular = true;
    bytes += name.length() + value.length() + 4;
    if (++count > limits.headerFields() || bytes > limits.headerBytes()) {
      throw new MalformedMessageException(431, "too many or too long header fields");
    }
    checkName(name);
    if (isForThisConnection(name, value)) {
      throw badRequest("a field of HTTP/1.1's connections");
    }
    switch (name) {
      case LOWER_HOST -> {
        if (host != null) {
          throw badRequest("more than one Host");
        }
        host = value;
      }
      case "cookie" -> {
        // RFC 9113, 8.2.3: crumbs are one field to whoever is not spoken to by HTTP/2.
        cookies = cookies == null ? new StringBuilder(value) : cookies.append("; ").append(value);
      }
      case "content-length" -> {
        if (contentLength >= 0) {
          throw badRequest("more than one Content-Length");
        }
        contentLength = HeadReader.number(value);
        fields.addChecked(name, value);
      }
      case "expect" -> {
        expect = expect == null ? value : expect + "," + value;
        fields.addChecked(name, value);
      }
      default -> fields.addChecked(name, value);
    }
  }

  private void pseudo(String name, String value) throws MalformedMessageException {
    if (regular) {
      throw badRequest("a pseudo-field behind others");
    }
    pseudo = true;
    switch (name) {
      case ":method" -> method = once(method, value);
      case ":scheme" -> scheme = once(scheme, value);
      case ":path" -> {
        if (value.length() > limits.startLine()) {
          throw new MalformedMessageException(414, "the path is too long");
        }
        path = once(path, value);
      }
      case ":authority" -> {
        if (authority != null) {
          throw badRequest("a pseudo-field that is there twice");
        }
        authority = value;
        fields.addChecked("Host", value);
      }
      default -> throw badRequest("an unknown pseudo-field");
    }
  }

  private static String once(String before, String value) throws MalformedMessageException {
    if (!before.isEmpty() || value.isEmpty()) {
      throw badRequest("a pseudo-field that is empty or there twice");
    }
    return value;
  }

  private static void checkName(String name) throws MalformedMessageException {
    boolean token = !name.isEmpty();
    for (int i = 0; i < name.length() && token; i++) {
      char c = name.charAt(i);
      token = Octets.isToken(c) && (c < 'A' || c > 'Z');
    }
    if (!token) {
      throw badRequest("a name that is no field's");
    }
  }

  private static void checkValue(String value) throws MalformedMessageException {
    int length = value.length();
    if (length == 0) {
      return;
    }
    for (int i = 0; i < length; i++) {
      if (Octets.isControl((byte) value.charAt(i))) {
        throw badRequest("a control character");
      }
    }
    if (Octets.isSpace((byte) value.charAt(0)) || Octets.isSpace((byte) value.charAt(length - 1))) {
      throw badRequest("a value with a space at an end");
    }
  }

  /** RFC 9113, 8.2.2. */
  private static boolean isForThisConnection(String name, String value) {
    return switch (name) {
      case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> true;
      case "te" -> !value.equals("trailers");
      default -> false;
    };
  }

  /**
   * Checks the head as a whole.
   *
   * @param ended whether no content follows
   * @throws MalformedMessageException with 400 for what is malformed, else with the status to
   *     answer
   */
  public void complete(boolean ended) throws MalformedMessageException {
    if (fault != null) {
      throw fault;
    }
    if (method.equals("CONNECT")) {
      throw new MalformedMessageException(501, "CONNECT");
    }
    if (method.isEmpty() || path.isEmpty()) {
      throw badRequest("no method or no path");
    }
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      throw badRequest("a scheme other than http and https");
    }
    for (int i = 0; i < method.length(); i++) {
      if (!Octets.isToken(method.charAt(i))) {
        throw badRequest("a method that is none");
      }
    }
    checkPath();
    checkAuthority();
    if (ended && contentLength > 0) {
      throw badRequest("a Content-Length without content");
    }
    if (cookies != null) {
      fields.addChecked("cookie", cookies.toString());
    }
  }

  private void checkPath() throws MalformedMessageException {
    if (path.charAt(0) != '/') {
      throw badRequest("a target that is not in origin form");
    }
    for (int i = 0; i < path.length(); i++) {
      if (!Octets.isTarget(path.charAt(i))) {
        throw badRequest("a path with what needs encoding");
      }
    }
  }

  private void checkAuthority() throws MalformedMessageException {
    String named = authority;
    if (named == null) {
      named = host;
      if (named == null) {
        throw badRequest("no Host");
      }
      fields.addChecked("Host", named);
    } else if (host != null && !host.equalsIgnoreCase(named)) {
      throw badRequest("a Host that is not the authority");
    }
    RequestHeadReader.checkHost(named);
  }

  /** Checks that these are trailers. */
  public void completeTrailers() throws MalformedMessageException {
    if (fault != null) {
      throw fault;
    }
    if (pseudo || contentLength >= 0 || host != null) {
      throw badRequest("a trailer that changes framing");
    }
  }

  public String requestMethod() {
    return method;
  }

  public String requestPath() {
    return path;
  }

  /** The value of {@code expect}, or null. */
  public @Nullable String expect() {
    return expect;
  }

  public long contentLength() {
    return contentLength;
  }

  /** The fields, {@code :authority} as {@code Host}; for once, as the builder is not kept. */
  public Headers requestFields() {
    return fields.build();
  }
}
