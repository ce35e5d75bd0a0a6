package io.portico.gateway.control.protocol;

import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How the operations of an API stand in HTTP messages. */
sealed interface WireProtocol permits RestJsonProtocol, QueryProtocol, JsonProtocol, CborProtocol {

  /**
   * Which operation a request means.
   *
   * @throws ServiceException if it means none
   */
  Asked read(HttpRequest request);

  /** The operation that a request's head means; null where it takes more to know. */
  @Nullable Operation named(HttpRequest request);

  /**
   * What an operation answers, as a message.
   *
   * @throws IllegalStateException if its output shape does not allow it
   */
  HttpResponse answer(Operation operation, ObjectNode output, String requestId);

  HttpResponse refuse(ServiceException refusal, String requestId);

  /**
   * What a request asks for.
   *
   * @param input what it is asked with, by {@link Member#key}, of the right types; {@link
   *     InputConstraints} judges the values. Read when it is asked for, with a {@link
   *     ServiceException} if it cannot be
   */
  record Asked(Operation operation, Supplier<ObjectNode> input) {}

  /**
   * The whole body of a request.
   *
   * @param operation whose limit it is, as far as that is known
   */
  static byte[] body(HttpRequest request, AwsApi api, String operation) {
    return body(request, api, operation, api.maxBodyBytes(operation));
  }

  /** The same, for an operation with a limit of its own. */
  static byte[] body(HttpRequest request, AwsApi api, String operation, long limit) {
    try {
      byte[] sent = request.body().readAll(limit);
      return api.takesGzip() && GzippedBody.isOne(request)
          ? GzippedBody.unzipped(sent, limit)
          : sent;
    } catch (BodyTooLargeException e) {
      throw api.bodyTooLarge(operation, limit);
    } catch (IOException e) {
      throw new ServiceException(
          "RequestTimeoutException", 408, "The request body ended before it was complete.");
    }
  }
}
