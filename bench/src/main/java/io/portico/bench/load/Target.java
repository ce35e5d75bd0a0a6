package io.portico.bench.load;

/** What a load generator calls: a path on a port of the loopback address, under a host name. */
public record Target(int port, String host, String path) {

  /** A gateway that is called by its address. */
  public static Target at(int port, String path) {
    return new Target(port, "127.0.0.1:" + port, path);
  }

  public String url() {
    return "http://127.0.0.1:" + port + path;
  }

  /** The request, as every generator sends it. */
  String request() {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }
}
