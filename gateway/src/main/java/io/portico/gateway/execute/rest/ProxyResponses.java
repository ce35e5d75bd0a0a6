package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.integration.EndpointContent;
import io.portico.gateway.execute.integration.LambdaProxyReply;
import io.portico.gateway.execute.integration.LambdaProxyReply.MalformedReplyException;
import io.portico.gateway.execute.mapping.PayloadConversion;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.BinaryMediaTypes;
import io.portico.gateway.snapshot.ContentHandling;
import java.nio.charset.StandardCharsets;

/** What a proxied backend's answer becomes: nothing is mapped (recorded, facts RSP-10). */
final class ProxyResponses {
  private ProxyResponses() {}

  /**
   * {@code HTTP_PROXY}, and {@code AWS_PROXY} with a service other than Lambda: bytes are handed on
   * unread unless they have to be converted, or their number is not known, or they may be
   * compressed: then they are gathered first. Text always is: see {@link ProxiedText}.
   *
   * <p>AWS: every answer says its length (recorded, facts RSP-01), as it is read whole before any
   * of it is sent; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html. Here
   * bytes that say their length themselves are sent while they arrive: the client sees the same,
   * sooner.
   *
   * <p>AWS: an answer longer than the payload limit is an error of the configuration; source: the
   * limit is documented, the error second-hand.
   *
   * @param streamed whether it goes on as it comes ({@code responseTransferMode STREAM})
   */
  static IntegrationResponse ofBackend(
      EndpointResponse endpoint, boolean streamed, MethodMatch match) {
    Headers headers = ReservedHeaders.ofBackend(endpoint.headers(), match.invocation()).build();
    if (streamed) {
      // AWS: neither converted nor limited; source: documented, see above.
      return new IntegrationResponse(endpoint.status(), headers, endpoint.body());
    }
    BinaryMediaTypes types = match.stage().binaryMediaTypes();
    PayloadConversion conversion =
        PayloadConversion.ofResponse(
            types.matches(endpoint.headers().first("Content-Type")),
            types.matches(match.invocation().request().headers().first("Accept")),
            ContentHandling.PASSTHROUGH);
    Body body =
        switch (conversion) {
          case BINARY -> taken(endpoint, false, match);
          case TEXT -> ProxiedText.of(taken(endpoint, true, match), match.invocation());
          case DECODE, ENCODE ->
              converted(
                  conversion.apply(
                      new Payload(EndpointContent.whole(endpoint, match.invocation()))),
                  match);
        };
    return new IntegrationResponse(endpoint.status(), headers, body);
  }

  private static Body converted(Payload payload, MethodMatch match) {
    checkLength(payload.bytes().length, match);
    return Body.of(payload.bytes());
  }

  private static void checkLength(long length, MethodMatch match) {
    long limit = match.stage().payloadLimit();
    if (length > limit) {
      throw GatewayFault.misconfigured(
          FaultCause.ANSWER_TOO_LONG, "the backend's answer is longer than " + limit + " bytes");
    }
  }

  private static Body taken(EndpointResponse endpoint, boolean text, MethodMatch match) {
    Body body = endpoint.body();
    if (body instanceof Body.Streamed stream) {
      if (stream.length() > match.stage().payloadLimit()) {
        stream.discard();
      }
      checkLength(stream.length(), match);
      body = taken(stream, endpoint, text, match);
    } else {
      checkLength(body.length(), match);
    }
    // What is still a stream of unknown length is what was too long to be gathered.
    if (body.length() < 0) {
      match.invocation().tellOfMoreThan(ProxiedText.MOST_GATHERED);
    } else {
      match.invocation().tellOf(body.length());
    }
    return body;
  }

  private static Body taken(
      Body.Streamed stream, EndpointResponse endpoint, boolean text, MethodMatch match) {
    boolean compressed =
        AnswerCompression.isFor(endpoint.status(), endpoint.headers(), stream.length(), match);
    if (!compressed && !text && stream.length() >= 0) {
      return stream;
    }
    // Where a limit above AWS's is configured, a longer answer goes on as it arrives.
    stream.limitTo(match.stage().payloadLimit());
    return EndpointContent.received(
        () ->
            compressed || !text
                ? stream.gather(ProxiedText.MOST_GATHERED, endpoint.deadlineNanos())
                : stream.gatherText(ProxiedText.MOST_GATHERED, endpoint.deadlineNanos()));
  }

  /**
   * {@code AWS_PROXY}: what the function's reply says.
   *
   * <p>AWS: a streamed one is neither converted nor limited; source: documented, see above.
   *
   * @throws GatewayFault with 502 for an error or a malformed reply (recorded, facts PRX-16 to
   *     PRX-20)
   */
  static EndpointReply read(EndpointResponse endpoint, MethodMatch match) {
    if (endpoint.status() == EndpointResponse.FUNCTION_ERROR) {
      throw GatewayFault.badReply(
          FaultCause.FUNCTION_FAILED, "the function failed: " + endpoint.selector());
    }
    LambdaProxyReply reply;
    try {
      reply = LambdaProxyReply.parse(EndpointContent.whole(endpoint, match.invocation()));
    } catch (MalformedReplyException e) {
      // AWS: source: execution logs that users have published.
      throw GatewayFault.badReply(FaultCause.FUNCTION_REPLY, String.valueOf(e.getMessage()))
          .telling("Malformed Lambda proxy response");
    }
    match.invocation().observations().functionAnswered(reply.status());
    return new EndpointReply.OfFunction(
        reply.status(),
        reply.headers(),
        reply.body().getBytes(StandardCharsets.UTF_8),
        reply.base64());
  }

  /** What a function's answer becomes that is handed on as it comes. */
  static IntegrationResponse ofStream(EndpointResponse endpoint, MethodMatch match) {
    return new IntegrationResponse(
        endpoint.status(),
        ReservedHeaders.ofFunction(endpoint.headers(), match.invocation()).build(),
        endpoint.body());
  }

  /** What a function's reply becomes for one request. */
  static IntegrationResponse ofFunction(EndpointReply.OfFunction reply, MethodMatch match) {
    Payload body = new Payload(reply.body());
    // AWS: the answer's own type plays no role; source: recorded, facts BIN-01, PRX-23.
    String accept = match.invocation().request().headers().first("Accept");
    if (reply.base64() && match.stage().binaryMediaTypes().matches(accept)) {
      body = PayloadConversion.DECODE.apply(body);
    }
    return new IntegrationResponse(
        reply.status(),
        ReservedHeaders.ofFunction(reply.headers(), match.invocation()).build(),
        Body.of(body.bytes()));
  }
}
