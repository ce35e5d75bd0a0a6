package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the head of a request: the request line, and what only requests must keep to. */
public final class RequestHeadReader extends HeadReader {
  private final String scheme;

  private String method = "";
  private String target = "";
  private int minorVersion = -1;
  private @Nullable String host;
  private @Nullable String expect;
  private boolean emptyLineSkipped;

  /**
   * @param tls whether the connection is encrypted, which an absolute target must agree with
   */
  public RequestHeadReader(WireLimits limits, Scratch scratch, boolean tls) {
    super(limits, scratch);
    this.scheme = tls ? "https://" : "http://";
  }

  @Override
  public void reset() {
    super.reset();
    method = "";
    target = "";
    minorVersion = -1;
    host = null;
    expect = null;
    emptyLineSkipped = false;
  }

  /** Empty as long as it is not read. */
  public String method() {
    return method;
  }

  /** The target, in origin form once the head is read; empty as long as it is not read. */
  public String target() {
    return target;
  }

  /** The version, such as {@code HTTP/1.1}; empty as long as it is not read. */
  public String protocol() {
    return switch (minorVersion) {
      case 0 -> "HTTP/1.0";
      case 1 -> "HTTP/1.1";
      default -> "";
    };
  }

  /** The request whose head has been read. */
  public HttpRequest request(Body body, ClientConnection client, long arrivalNanos) {
    return new HttpRequest(method, target, protocol(), headers(), body, client, arrivalNanos);
  }

  @Override
  public int minorVersion() {
    return minorVersion;
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** The value of {@code Expect}, or null; of no meaning in HTTP/1.0. */
  public @Nullable String expect() {
    return minorVersion == 0 ? null : expect;
  }

  @Override
  boolean startLine(byte[] bytes, int from, int to) throws MalformedMessageException {
    if (from == to) {
      // RFC 9112, 2.2: one empty line before the request line is let pass.
      if (emptyLineSkipped) {
        throw badRequest("empty lines before the request line");
      }
      emptyLineSkipped = true;
      return false;
    }
    int methodEnd = from;
    while (methodEnd < to && Octets.isToken(bytes[methodEnd])) {
      methodEnd++;
    }
    int targetEnd = methodEnd + 1;
    while (targetEnd < to && Octets.isTarget(bytes[targetEnd])) {
      targetEnd++;
    }
    if (methodEnd == from
        || targetEnd <= methodEnd + 1
        || targetEnd >= to
        || bytes[methodEnd] != ' '
        || bytes[targetEnd] != ' ') {
      throw badRequest("no request line");
    }
    method = cached(bytes, from, methodEnd);
    target =
        new String(bytes, methodEnd + 1, targetEnd - methodEnd - 1, StandardCharsets.ISO_8859_1);
    minorVersion = minorVersion(bytes, targetEnd + 1, to);
    return true;
  }

  @Override
  void accept(String name, String value) throws MalformedMessageException {
    switch (name.length()) {
      case 4 -> {
        if (name.equalsIgnoreCase("Host")) {
          if (host != null) {
            throw badRequest("more than one Host");
          }
          host = value;
        }
      }
      case 6 -> {
        if (name.equalsIgnoreCase("Expect")) {
          expect = expect == null ? value : expect + "," + value;
        }
      }
      default -> super.accept(name, value);
    }
  }

  @Override
  void complete() throws MalformedMessageException {
    String authority = host;
    if (authority == null) {
      if (minorVersion == 1) {
        throw badRequest("no Host");
      }
    } else {
      checkHost(authority);
    }
    if (target.charAt(0) != '/') {
      target = originForm(authority);
    }
  }

  /** Checks what names the host: a name or an address in brackets, and a port (RFC 9110, 7.2). */
  static void checkHost(String host) throws MalformedMessageException {
    boolean bracketed = host.startsWith("[");
    int end = bracketed ? host.indexOf(']') : host.indexOf(':');
    int nameEnd = end < 0 ? host.length() : end;
    int port = bracketed ? nameEnd + 1 : nameEnd;
    int start = bracketed ? 1 : 0;
    if (start >= nameEnd || port > host.length()) {
      throw badRequest("a Host without a name");
    }
    for (int i = start; i < nameEnd; i++) {
      if (!Octets.isHost(host.charAt(i))) {
        throw badRequest("a Host that is no host");
      }
    }
    if (port < host.length() && host.charAt(port) != ':') {
      throw badRequest("a Host that is no host");
    }
    for (int i = port + 1; i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        throw badRequest("a Host whose port is no number");
      }
    }
  }

  /**
   * The origin form of an absolute target (RFC 9112, 3.2.2). The two places that name the host must
   * agree: a reader who looks at only one of them must see the same request.
   */
  private String originForm(@Nullable String authority) throws MalformedMessageException {
    if (authority == null || !target.regionMatches(true, 0, scheme, 0, scheme.length())) {
      throw badRequest("a target that is not in origin form");
    }
    int start = scheme.length();
    int end = start;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    if (!target.substring(start, end).equalsIgnoreCase(authority)) {
      throw badRequest("a target whose host is not that of Host");
    }
    String rest = target.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
