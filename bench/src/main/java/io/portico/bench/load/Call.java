package io.portico.bench.load;

import java.util.List;

/**
 * A request without a body, wherever it is sent.
 *
 * @param path behind the base of a {@link Target}
 * @param headers further ones, as {@code Name: value}
 */
public record Call(String path, List<String> headers) {
  static final String LINE_END = "\r\n";

  public static Call of(String path) {
    return new Call(path, List.of());
  }

  /** The request of HTTP/1.1, as every generator sends it; its end is its first blank line. */
  String request(Target target) {
    StringBuilder request = new StringBuilder();
    request.append("GET ").append(target.base()).append(path).append(" HTTP/1.1").append(LINE_END);
    request.append("Host: ").append(target.host()).append(LINE_END);
    headers.forEach(header -> request.append(header).append(LINE_END));
    return request.append(LINE_END).toString();
  }
}
