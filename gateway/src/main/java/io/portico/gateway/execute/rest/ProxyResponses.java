package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.integration.LambdaProxyReply;
import io.portico.gateway.execute.integration.LambdaProxyReply.MalformedReplyException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.BinaryMediaTypes;
import io.portico.gateway.snapshot.ContentHandling;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** What a proxied backend's answer becomes: nothing is mapped (recorded, facts RSP-10). */
final class ProxyResponses {
  /**
   * Most bytes that are gathered to learn how many they are.
   *
   * <p>AWS: 10 MB, longer than which no answer is; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html.
   */
  private static final long MOST_GATHERED = 10L * 1024 * 1024;

  private ProxyResponses() {}

  /**
   * {@code HTTP_PROXY}: the body is handed on unread unless it has to be converted, or its length
   * is not known, or it may be compressed: then it is gathered first.
   *
   * <p>AWS: every answer says its length (recorded, facts RSP-01), as it is read whole before any
   * of it is sent; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html. Here
   * one that says its length itself is sent while it arrives: the client sees the same, sooner.
   *
   * <p>AWS: an answer longer than the payload limit is an error of the configuration; source: the
   * limit is documented, the error second-hand.
   *
   * <p>AWS turns bytes that are no UTF-8 into U+FFFD where no binary media types are configured
   * (recorded, facts BIN-12, of integrations in general); here a proxy's bytes arrive as they are.
   */
  static IntegrationResponse ofBackend(
      EndpointResponse endpoint, IntegrationSnapshot.Http http, MethodMatch match) {
    Headers headers = ReservedHeaders.ofBackend(endpoint.headers(), match.invocation()).build();
    if (http.isStreamed()) {
      // AWS: neither converted nor limited; source: documented, see above.
      return new IntegrationResponse(endpoint.status(), headers, endpoint.body());
    }
    BinaryMediaTypes types = match.stage().binaryMediaTypes();
    Body body = endpoint.body();
    if (!types.patterns().isEmpty()) {
      PayloadConversion conversion =
          PayloadConversion.ofResponse(
              types.matches(endpoint.headers().first("Content-Type")),
              types.matches(match.invocation().request().headers().first("Accept")),
              ContentHandling.PASSTHROUGH);
      if (conversion == PayloadConversion.DECODE || conversion == PayloadConversion.ENCODE) {
        body = Body.of(conversion.apply(new Payload(content(endpoint, match))).bytes());
      }
    }
    return new IntegrationResponse(endpoint.status(), headers, bounded(body, endpoint, match));
  }

  private static Body bounded(Body body, EndpointResponse endpoint, MethodMatch match) {
    long limit = match.stage().payloadLimit();
    if (body.length() > limit) {
      if (body instanceof Body.Streamed stream) {
        stream.discard();
      }
      throw GatewayFault.misconfigured("the backend's answer is longer than " + limit + " bytes");
    }
    Body taken =
        body instanceof Body.Streamed stream
                && (stream.length() < 0
                    || AnswerCompression.isFor(
                        endpoint.status(), endpoint.headers(), stream.length(), match))
            ? gathered(stream, limit, endpoint)
            : body;
    // What is still a stream of unknown length is what was too long to be gathered.
    if (taken.length() < 0) {
      match.invocation().tellOfMoreThan(MOST_GATHERED);
    } else {
      match.invocation().tellOf(taken.length());
    }
    return taken;
  }

  /** Where a limit above AWS's is configured, a longer answer goes on without its length. */
  private static Body gathered(Body.Streamed stream, long limit, EndpointResponse endpoint) {
    return received(
        () -> {
          if (limit <= MOST_GATHERED) {
            return Body.of(stream.readAll(limit, endpoint.deadlineNanos()));
          }
          Body body = stream.gather(MOST_GATHERED, endpoint.deadlineNanos());
          if (body instanceof Body.Streamed longer) {
            longer.limitTo(limit);
          }
          return body;
        });
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
      throw GatewayFault.badReply("the function failed: " + endpoint.selector());
    }
    LambdaProxyReply reply;
    try {
      reply = LambdaProxyReply.parse(content(endpoint, match));
    } catch (MalformedReplyException e) {
      // AWS: source: execution logs that users have published.
      throw GatewayFault.badReply(String.valueOf(e.getMessage()))
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

  /**
   * The whole of a backend's answer.
   *
   * @throws GatewayFault if it does not arrive, or is longer than the payload limit
   */
  static byte[] content(EndpointResponse endpoint, MethodMatch match) {
    byte[] content =
        received(
            () -> endpoint.body().readAll(match.stage().payloadLimit(), endpoint.deadlineNanos()));
    match.invocation().tellOf(content.length);
    match.invocation().takesApart(content);
    return content;
  }

  /** Content that arrives. */
  interface Arriving<T> {
    T take() throws IOException;
  }

  static <T> T received(Arriving<T> content) {
    try {
      return content.take();
    } catch (BodyTooLargeException e) {
      throw GatewayFault.misconfigured("the backend's answer is too long: " + e.getMessage());
    } catch (UpstreamException e) {
      throw new GatewayFault(
              e.reason() == UpstreamException.Reason.TIMEOUT
                  ? GatewayResponseType.INTEGRATION_TIMEOUT
                  : GatewayResponseType.INTEGRATION_FAILURE)
          .because(e.reason() + ": " + e.getMessage());
    } catch (SocketTimeoutException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT)
          .because("the backend's answer: " + e.getMessage());
    } catch (IOException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE)
          .because("the backend's answer broke off: " + e);
    }
  }
}
