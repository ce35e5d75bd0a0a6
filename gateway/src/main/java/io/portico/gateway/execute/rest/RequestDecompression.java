package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.ContentCoding;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * <b>Decompression</b> of the method request's payload, before anything looks at it. {@code
 * Content-Encoding} stays where it is shown.
 *
 * <p>AWS: of every API, whether its answers are compressed or not, but not of a payload that is
 * smaller than its {@code minimumCompressionSize}; a coding that is not supported, and a payload
 * that was not coded so, are 415. Source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 * and api-gateway-enable-compression.html. That the header stays is reported by users. It happens
 * before the API is known there, and here behind who may call it: nobody else makes work.
 *
 * <p>Faults: {@code UNSUPPORTED_MEDIA_TYPE}, {@code REQUEST_TOO_LARGE}.
 */
final class RequestDecompression {
  private static final String IDENTITY = "identity";

  /** Where no payload limit is configured, a few bytes are still not made into any number. */
  private static final long MOST_WITHOUT_A_LIMIT = 256L * 1024 * 1024;

  MethodRequest decompressed(MethodRequest request, MethodMatch match) {
    if (request.body() instanceof Body.Empty) {
      return request;
    }
    String named = contentEncoding(request.parameters().headers());
    if (named == null || named.isEmpty() || named.equalsIgnoreCase(IDENTITY)) {
      return request;
    }
    long limit = match.stage().payloadLimit();
    MethodRequest buffered = request.buffered(limit, match.invocation().deadlineNanos());
    byte[] coded = buffered.payload().bytes();
    if (coded.length == 0) {
      return buffered;
    }
    ContentCoding coding = ContentCoding.of(named);
    if (coding == null) {
      throw unsupported("the content coding is not supported");
    }
    Integer minimum = match.stage().minimumCompressionSize();
    return minimum != null && coded.length < minimum
        ? buffered
        : buffered.withBody(Body.of(decoded(coded, coding, limit, match)));
  }

  /** Of several codings, one over the other, none is supported. */
  private static @Nullable String contentEncoding(Headers headers) {
    String first = headers.first("Content-Encoding");
    return first == null ? null : String.join(",", headers.all("Content-Encoding")).strip();
  }

  private static byte[] decoded(byte[] coded, ContentCoding coding, long limit, MethodMatch match) {
    try {
      match.invocation().takesApart(coded);
      return coding.decode(
          coded,
          limit == Long.MAX_VALUE ? MOST_WITHOUT_A_LIMIT : limit,
          match.invocation().carrier());
    } catch (BodyTooLargeException e) {
      throw new GatewayFault(GatewayResponseType.REQUEST_TOO_LARGE, FaultCause.BODY_TOO_LONG)
          .because("decompressed, the " + e.getMessage());
    } catch (IOException e) {
      throw unsupported("the body is no " + coding.token() + ": " + e);
    }
  }

  private static GatewayFault unsupported(String reason) {
    return new GatewayFault(GatewayResponseType.UNSUPPORTED_MEDIA_TYPE, FaultCause.CONTENT_CODING)
        .because(reason);
  }
}
