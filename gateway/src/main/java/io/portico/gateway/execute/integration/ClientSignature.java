package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.http.Headers;

/**
 * A client's signature of its request, which ends at the gateway.
 *
 * <p>AWS: a proxy's backend is not sent it; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis.
 */
public final class ClientSignature {
  private static final String AUTHORIZATION = "Authorization";

  private ClientSignature() {}

  /** Whether a header is one. */
  static boolean is(String name, String value) {
    return name.length() == AUTHORIZATION.length()
        && name.equalsIgnoreCase(AUTHORIZATION)
        && SignatureHeader.isSignature(value);
  }

  /** The headers but for it; the same where there is none. */
  public static Headers without(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (is(headers.name(i), headers.value(i))) {
        Headers.Builder others = Headers.builder();
        for (Headers.Field field : headers) {
          if (!is(field.name(), field.value())) {
            others.addChecked(field.name(), field.value());
          }
        }
        return others.build();
      }
    }
    return headers;
  }
}
