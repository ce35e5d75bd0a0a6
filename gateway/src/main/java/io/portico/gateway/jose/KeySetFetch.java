package io.portico.gateway.jose;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;

/** One request for a key set. No redirect is followed: keys come from the address itself. */
final class KeySetFetch implements KeySetSource {
  private static final int OK = 200;
  private static final Headers HEADERS = Headers.of("Accept", "application/json");

  private final KeySetUrl url;
  private final Upstream upstream;
  private final KeySetLimits limits;

  KeySetFetch(KeySetUrl url, Upstream upstream, KeySetLimits limits) {
    this.url = url;
    this.upstream = upstream;
    this.limits = limits;
  }

  @Override
  public byte[] fetch() throws KeySetException, InterruptedException {
    long deadline = System.nanoTime() + limits.timeout().toNanos();
    try {
      UpstreamResponse response =
          upstream.send(
              new UpstreamRequest(
                  "GET", url.origin(), url.target(), HEADERS, Body.EMPTY, limits.timeout()));
      if (response.status() != OK) {
        if (response.body() instanceof Body.Streamed rest) {
          rest.discard();
        }
        throw new KeySetException("the answer has status " + response.status());
      }
      return response.body().readAll(limits.mostBytes(), deadline);
    } catch (BodyTooLargeException _) {
      throw new KeySetException("the answer is longer than " + limits.mostBytes() + " bytes");
    } catch (IOException e) {
      if (isGivenUp(e)) {
        throw new InterruptedException("the fetch of " + url + " was given up");
      }
      throw new KeySetException(
          e instanceof UpstreamException failure
              ? failure.reason() + ": " + failure.getMessage()
              : e.toString());
    }
  }

  private static boolean isGivenUp(IOException e) {
    return Thread.currentThread().isInterrupted()
        || (e instanceof UpstreamException failure
            && failure.reason() == UpstreamException.Reason.CANCELLED);
  }
}
