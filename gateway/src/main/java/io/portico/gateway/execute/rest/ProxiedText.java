package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Utf8;

/**
 * What {@code HTTP_PROXY} hands on of payloads that no binary media type is for: text in UTF-8.
 *
 * <p>AWS: what is no UTF-8 becomes U+FFFD, either way; source: recorded, facts BIN-09, BIN-12; of
 * proxied backends reported,
 * http://sapphirepaw.blogspot.com/2016/12/api-gateway-vs-gzip-errcontentdecodingf.html. As that
 * changes its length, which is said before it, all of it has to be there first. What is text is
 * handed on uncopied all the same.
 */
final class ProxiedText {
  /**
   * Most bytes that are waited for. Where a longer body is let through by configuration, it goes on
   * as it arrives, byte for byte.
   *
   * <p>AWS: 10 MB, longer than which no body is; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html.
   */
  static final long MOST_GATHERED = 10L * 1024 * 1024;

  /** So many are looked through in a few microseconds. */
  private static final int LIGHT = 64 * 1024;

  private ProxiedText() {}

  /** A request's content as text. */
  static Body of(MethodRequest request, MethodMatch match) {
    Invocation invocation = match.invocation();
    return of(request.gatheredText(MOST_GATHERED, invocation.deadlineNanos()), invocation);
  }

  /** Content as text; what is a stream by now stays as it is. */
  static Body of(Body body, Invocation invocation) {
    if (!(body instanceof Body.Buffered(byte[] bytes))) {
      return body;
    }
    if (bytes.length > LIGHT) {
      invocation.takesApart(bytes);
    }
    return Utf8.isText(bytes) ? body : Body.of(Utf8.replaced(bytes));
  }
}
