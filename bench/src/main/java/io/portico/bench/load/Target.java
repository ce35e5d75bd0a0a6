package io.portico.bench.load;

/**
 * Where a gateway answers: a port of the loopback address, under a host name.
 *
 * @param base what the path of every call begins with there: the stage of an API, or nothing
 */
public record Target(Scheme scheme, int port, String host, String base) {

  /** What is called in the clear by its address. */
  public static Target at(int port) {
    return at(Scheme.HTTP, port, "");
  }

  /** What is called by its address. */
  public static Target at(Scheme scheme, int port, String base) {
    return new Target(scheme, port, "127.0.0.1:" + port, base);
  }

  /** The URL of {@code path}, with the address in place of the host name. */
  public String url(String path) {
    return scheme.word() + "://127.0.0.1:" + port + base + path;
  }
}
