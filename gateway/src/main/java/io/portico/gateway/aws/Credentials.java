package io.portico.gateway.aws;

import org.jspecify.annotations.Nullable;

/**
 * Who signs.
 *
 * @param accessKeyId names the key
 * @param secretAccessKey the secret; never logged
 * @param sessionToken of temporary credentials, or null
 */
public record Credentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]";
  }
}
