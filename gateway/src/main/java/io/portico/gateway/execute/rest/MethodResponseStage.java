package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.IntegrationSnapshot;

/**
 * The <b>method response</b> stage: what every answer has is added. The last stage.
 *
 * <p>AWS: recorded, facts RSP-01, RSP-02, RSP-04. A test's answer has only what the method makes
 * (facts TIN-02): of a proxied function that says no type, there is none; source: answers that
 * users have published.
 */
final class MethodResponseStage {

  HttpResponse finish(IntegrationResponse mapped, MethodMatch match) {
    // AWS: a status that ends no exchange is not described; sent on, it would break the connection.
    if (mapped.status() < 200 || mapped.status() > 599) {
      discard(mapped.body());
      throw GatewayFault.misconfigured("not a final status: " + mapped.status());
    }
    Invocation invocation = match.invocation();
    Headers.Builder headers = mapped.headers().toBuilder();
    IntegrationSnapshot integration = match.method().integration();
    boolean called = invocation.test() == null;
    if (!headers.contains("Content-Type") && (called || !isProxy(integration))) {
      headers.addChecked("Content-Type", "application/json");
    }
    if (called) {
      headers.addChecked("x-amzn-RequestId", invocation.requestId());
      headers.addChecked("x-amz-apigw-id", invocation.extendedRequestId());
    }
    if (hasTraceId(integration) && !headers.contains("X-Amzn-Trace-Id")) {
      headers.addChecked("X-Amzn-Trace-Id", invocation.traceId());
    }
    HttpResponse response = new HttpResponse(mapped.status(), headers.build(), mapped.body());
    invocation.trace().methodResponse(response);
    return response;
  }

  private static boolean isProxy(IntegrationSnapshot integration) {
    return (integration instanceof IntegrationSnapshot.Http http && http.proxy())
        || (integration instanceof IntegrationSnapshot.Lambda lambda && lambda.proxy())
        || (integration instanceof IntegrationSnapshot.Service service && service.proxy());
  }

  private static boolean hasTraceId(IntegrationSnapshot integration) {
    return integration instanceof IntegrationSnapshot.Lambda
        || integration instanceof IntegrationSnapshot.Service
        || (integration instanceof IntegrationSnapshot.Http http && !http.proxy());
  }

  private static void discard(Body body) {
    if (body instanceof Body.Streamed streamed) {
      streamed.discard();
    }
  }
}
