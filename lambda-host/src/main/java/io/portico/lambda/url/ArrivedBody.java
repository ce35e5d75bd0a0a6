package io.portico.lambda.url;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request's content as a whole: waited for when it is first asked for. */
final class ArrivedBody {
  private final HttpRequest request;
  private final int limit;
  private byte @Nullable [] bytes;

  ArrivedBody(HttpRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * All of it.
   *
   * @throws ServiceException if it ends early
   */
  byte[] read() throws BodyTooLargeException {
    byte[] known = bytes;
    if (known == null) {
      known = arrived();
      bytes = known;
    }
    return known;
  }

  private byte[] arrived() throws BodyTooLargeException {
    try {
      return request.body().readAll(limit);
    } catch (BodyTooLargeException e) {
      throw e;
    } catch (IOException e) {
      throw new ServiceException(
          "RequestTimeoutException", 408, "The request body ended before it was complete.");
    }
  }
}
