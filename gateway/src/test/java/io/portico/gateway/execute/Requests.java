package io.portico.gateway.execute;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Requests to the stage that {@link CaseApi} describes. */
public final class Requests {
  private Requests() {}

  /** A request without a body; {@code path} comes behind the stage. */
  public static HttpRequest get(String path) {
    return request("GET", path, Headers.empty(), Body.EMPTY);
  }

  public static HttpRequest request(String method, String path, Headers headers, Body body) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);
    return new HttpRequest(
        method,
        "/" + CaseApi.STAGE + path,
        "HTTP/1.1",
        headers.toBuilder().add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost").build(),
        body,
        new ClientConnection(loopback, loopback, null),
        System.nanoTime());
  }
}
