package io.portico.server;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.lambda.url.FunctionUrls;
import java.util.function.Predicate;

/**
 * One port for everything. Who a request is for is told, in this order, by its Host ({@code
 * {api}.execute-api.…}, {@code {id}.lambda-url.…}, a custom domain name), by a reserved prefix of
 * its path, by the service in the credential scope of its signature, and by its path.
 *
 * <p>So an API or a function owns every path below its own host name, the reserved ones included.
 * The data plane and the function URLs themselves say which requests they understand as calls, so
 * that there are no two views of that. What is neither a call nor for Portico's own endpoints is
 * for AWS's APIs: the control plane tells those apart by scope and path.
 */
public final class SharedPort implements HttpHandler {
  /** Where Portico's own endpoints are. */
  static final String OWN_PREFIX = "/_portico";

  /** Where tools look for the health of an emulator of AWS. */
  static final String HEALTH_ALIAS = "/_localstack/health";

  private final Predicate<HttpRequest> calls;
  private final HttpHandler dataPlane;
  private final HttpHandler functionUrls;
  private final HttpHandler controlPlane;
  private final HttpHandler ownEndpoints;

  /**
   * @param calls which requests are calls of APIs
   * @param dataPlane answers those
   * @param functionUrls calls of function URLs
   * @param controlPlane AWS's APIs
   * @param ownEndpoints health, metrics, version
   */
  public SharedPort(
      Predicate<HttpRequest> calls,
      HttpHandler dataPlane,
      HttpHandler functionUrls,
      HttpHandler controlPlane,
      HttpHandler ownEndpoints) {
    this.calls = calls;
    this.dataPlane = dataPlane;
    this.functionUrls = functionUrls;
    this.controlPlane = controlPlane;
    this.ownEndpoints = ownEndpoints;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return handlerOf(request).handle(request);
  }

  @Override
  public boolean isHeavy(HttpRequest request) {
    return handlerOf(request).isHeavy(request);
  }

  @Override
  public boolean mayUpgrade(HttpRequest request) {
    return handlerOf(request).equals(dataPlane) && dataPlane.mayUpgrade(request);
  }

  /** What cannot be read is nobody's; the data plane has the ear for it. */
  @Override
  public void refused(UnreadRequest request) {
    dataPlane.refused(request);
  }

  private HttpHandler handlerOf(HttpRequest request) {
    if (FunctionUrls.isHost(request.host())) {
      return functionUrls;
    }
    if (calls.test(request)) {
      return dataPlane;
    }
    if (FunctionUrls.claims(request)) {
      return functionUrls;
    }
    return isOwn(request.rawPath()) ? ownEndpoints : controlPlane;
  }

  private static boolean isOwn(String path) {
    return path.equals(OWN_PREFIX)
        || path.startsWith(OWN_PREFIX + "/")
        || path.equals(HEALTH_ALIAS);
  }
}
