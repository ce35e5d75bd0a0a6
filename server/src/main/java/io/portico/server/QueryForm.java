package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.http.Headers;
import java.net.URLEncoder;

/** A call of AWS's Query protocol: a form. */
final class QueryForm {
  /** What says that it is one. */
  static final Headers HEADERS =
      Headers.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

  private final StringBuilder form = new StringBuilder();

  /**
   * @param version of the service's API
   */
  QueryForm(String action, String version) {
    add("Action", action);
    add("Version", version);
  }

  void add(String name, String value) {
    form.append(form.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, UTF_8));
  }

  /** How many bytes it has. */
  int length() {
    return form.length();
  }

  byte[] bytes() {
    return form.toString().getBytes(UTF_8);
  }
}
