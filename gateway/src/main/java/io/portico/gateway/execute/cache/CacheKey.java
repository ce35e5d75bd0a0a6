package io.portico.gateway.execute.cache;

import java.util.List;

/**
 * What tells requests to a stage apart that get different answers. A record of texts and of lists
 * of texts, not one text put together: whatever a client sends, no two keys become the same.
 *
 * @param partition whose answers they are
 * @param integrationType how they are to be read
 * @param namespace the method's, which methods may share
 * @param httpMethod the client's
 * @param parameters names of the key's parameters
 * @param values all values of each, in the order of the request; none where it is missing
 */
public record CacheKey(
    String partition,
    String integrationType,
    String namespace,
    String httpMethod,
    List<String> parameters,
    List<List<String>> values) {

  /** About how many bytes it takes. */
  long bytes() {
    long bytes = 128;
    for (List<String> each : values) {
      for (String value : each) {
        bytes += 64 + value.length();
      }
    }
    return bytes;
  }
}
