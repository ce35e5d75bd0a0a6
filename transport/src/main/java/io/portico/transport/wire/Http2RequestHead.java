package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.portico.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/2 request, or its trailers; {@code :authority} becomes {@code Host}. CONNECT
 * is taken for WebSocket alone (RFC 8441, 4).
 */
public final class Http2RequestHead extends ReceivedFields {
  private static final String CONNECT = "CONNECT";
  private static final String LOWER_HOST = "host";

  private String method = "";
  private String protocol = "";
  private String scheme = "";
  private String path = "";
  private @Nullable String authority;
  private @Nullable String host;
  private @Nullable String expect;
  private @Nullable StringBuilder cookies;

  public Http2RequestHead(WireLimits limits) {
    super(limits);
  }

  @Override
  void field(String name, String value) throws MalformedMessageException {
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
      case "expect" -> {
        expect = expect == null ? value : expect + "," + value;
        keep(name, value);
      }
      default -> keep(name, value);
    }
  }

  @Override
  void pseudo(String name, String value) throws MalformedMessageException {
    switch (name) {
      case ":method" -> method = once(method, value);
      case ":protocol" -> protocol = once(protocol, value);
      case ":scheme" -> scheme = once(scheme, value);
      case ":path" -> {
        if (value.length() > limits().startLine()) {
          throw new MalformedMessageException(
              414, "a path of more than " + limits().startLine() + " bytes");
        }
        path = once(path, value);
      }
      case ":authority" -> {
        if (authority != null) {
          throw badRequest("a pseudo-field that is there twice");
        }
        authority = value;
        keep("Host", value);
      }
      default -> throw badRequest("an unknown pseudo-field");
    }
  }

  /**
   * Checks the head as a whole.
   *
   * @param ended whether no content follows
   * @throws MalformedMessageException with 400 for what is malformed, else with the status to
   *     answer
   */
  public void complete(boolean ended) throws MalformedMessageException {
    checkFields();
    checkConnect();
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
    if (contentLength() > 0 && (ended || asksForWebSocket())) {
      throw badRequest("a Content-Length without content");
    }
    if (cookies != null) {
      keep("cookie", cookies.toString());
    }
  }

  private void checkConnect() throws MalformedMessageException {
    boolean connect = method.equals(CONNECT);
    if (asksForWebSocket() && !connect) {
      throw badRequest("a protocol without CONNECT");
    }
    // RFC 9220, 3: so is a protocol answered that is not known.
    if (connect && !protocol.equalsIgnoreCase("websocket")) {
      throw new MalformedMessageException(501, "CONNECT");
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
      keep("Host", named);
    } else if (host != null && !host.equalsIgnoreCase(named)) {
      throw badRequest("a Host that is not the authority");
    }
    RequestHeadReader.checkHost(named);
  }

  @Override
  public void completeTrailers() throws MalformedMessageException {
    super.completeTrailers();
    if (host != null) {
      throw badRequest("a trailer that changes framing");
    }
  }

  /** Whether it opens a WebSocket connection. */
  public boolean asksForWebSocket() {
    return !protocol.isEmpty();
  }

  /** That of the request; GET where it opens a WebSocket connection, as by HTTP/1.1. */
  public String requestMethod() {
    return asksForWebSocket() ? "GET" : method;
  }

  public String requestPath() {
    return path;
  }

  /** The value of {@code expect}, or null. */
  public @Nullable String expect() {
    return expect;
  }

  /** The fields, {@code :authority} as {@code Host}; for once, as the builder is not kept. */
  public Headers requestFields() {
    return kept();
  }
}
