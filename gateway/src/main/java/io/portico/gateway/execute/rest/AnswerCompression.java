package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.http.AcceptEncoding;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ContentCoding;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * <b>Compression</b> of the method response's payload, behind everything that made it, where the
 * API has a {@code minimumCompressionSize}.
 *
 * <p>AWS: where the client asks for a coding that is supported, the payload is that long or longer,
 * and has no {@code Content-Encoding} yet; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html.
 * One that is streamed is never compressed; source: documented, response-transfer-mode.html. So is
 * a part of one (206) here, which would be none of what it says it is; and an empty one.
 *
 * <p>AWS documents no {@code Vary}, and none is added.
 */
final class AnswerCompression {
  private static final String CONTENT_ENCODING = "Content-Encoding";
  private static final int PARTIAL_CONTENT = 206;

  /**
   * Whether an answer is to be compressed if it turns out long enough.
   *
   * @param length of its body in bytes, or negative where that is not known yet
   */
  static boolean isFor(int status, Headers headers, long length, MethodMatch match) {
    Integer minimum = match.stage().minimumCompressionSize();
    return minimum != null && coding(status, headers, length, minimum, match) != null;
  }

  /** The answer, compressed where that is asked for; one that is still arriving as it is. */
  HttpResponse applied(HttpResponse answer, MethodMatch match) {
    Integer minimum = match.stage().minimumCompressionSize();
    if (minimum == null || !(answer.body() instanceof Body.Buffered body)) {
      return answer;
    }
    ContentCoding coding = coding(answer.status(), answer.headers(), body.length(), minimum, match);
    if (coding == null) {
      return answer;
    }
    match.invocation().takesApart(body.bytes());
    return new HttpResponse(
        answer.status(),
        answer.headers().toBuilder().addChecked(CONTENT_ENCODING, coding.token()).build(),
        Body.of(coding.encode(body.bytes())),
        answer.completion());
  }

  private static @Nullable ContentCoding coding(
      int status, Headers headers, long length, int minimum, MethodMatch match) {
    if ((length >= 0 && length < minimum)
        || status == PARTIAL_CONTENT
        || headers.contains(CONTENT_ENCODING)
        || match.method().integration().isStreamed()) {
      return null;
    }
    return AcceptEncoding.preferred(match.invocation().request().headers().all("Accept-Encoding"));
  }
}
