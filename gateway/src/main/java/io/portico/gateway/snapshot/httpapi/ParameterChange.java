package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.snapshot.ParameterSource;
import java.util.List;

/**
 * A <b>parameter mapping</b> of an HTTP API: a change of a request on its way to the backend, or of
 * an answer on its way back.
 *
 * @param name of the header or query parameter; empty for all else
 * @param value the pieces of its text, in order; none where something is removed
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">
 *     Transform API requests and responses for HTTP APIs</a>
 */
public record ParameterChange(
    Action action, Place place, String name, List<ParameterSource> value) {

  /** What is done. */
  public enum Action {
    APPEND,
    OVERWRITE,
    REMOVE
  }

  /** What it is done to. */
  public enum Place {
    HEADER,
    PATH,
    QUERY_STRING,
    STATUS_CODE
  }

  /** Whether it takes a part of the request's content. */
  public boolean readsRequest() {
    return value.stream().anyMatch(ParameterSource.RequestBody.class::isInstance);
  }

  /** Whether it takes a part of the answer's content. */
  public boolean readsResponse() {
    return value.stream().anyMatch(ParameterSource.ResponseBody.class::isInstance);
  }
}
