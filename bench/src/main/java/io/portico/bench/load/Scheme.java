package io.portico.bench.load;

/** Whether a gateway is called in the clear or over TLS. */
public enum Scheme {
  HTTP,
  HTTPS;

  /** As a URL begins: {@code http} or {@code https}. */
  public String word() {
    return this == HTTPS ? "https" : "http";
  }
}
