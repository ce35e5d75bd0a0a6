package io.portico.gateway.jose;

import io.portico.gateway.http.Upstream;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/**
 * The key set that an issuer's OpenID configuration leads to. The configuration is fetched each
 * time, so that an issuer may move its keys.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata">OpenID
 *     Connect Discovery 1.0, 3</a>
 */
final class DiscoveredKeySet implements KeySetSource {
  private final KeySetUrl configuration;
  private final String issuer;
  private final Upstream upstream;
  private final KeySetLimits limits;

  /**
   * @param configuration the address of the OpenID configuration
   * @param issuer what it has to call itself
   */
  DiscoveredKeySet(KeySetUrl configuration, String issuer, Upstream upstream, KeySetLimits limits) {
    this.configuration = configuration;
    this.issuer = issuer;
    this.upstream = upstream;
    this.limits = limits;
  }

  @Override
  public byte[] fetch() throws KeySetException, InterruptedException {
    byte[] document = new KeySetFetch(configuration, upstream, limits).fetch();
    return new KeySetFetch(keySet(document), upstream, limits).fetch();
  }

  private KeySetUrl keySet(byte[] document) throws KeySetException {
    JsonNode metadata;
    try {
      metadata = TokenText.object(document, "the OpenID configuration");
    } catch (InvalidTokenException e) {
      throw new KeySetException(String.valueOf(e.getMessage()));
    }
    JsonNode named = metadata.get("issuer");
    if (named == null || !named.isString() || !named.stringValue().equals(issuer)) {
      throw new KeySetException("the OpenID configuration does not name the issuer: " + issuer);
    }
    JsonNode address = metadata.get("jwks_uri");
    if (address == null || !address.isString()) {
      throw new KeySetException("the OpenID configuration has no jwks_uri");
    }
    try {
      KeySetUrl url = KeySetUrl.of(URI.create(address.stringValue()));
      if (configuration.origin().tls() && !url.origin().tls()) {
        throw new KeySetException("the jwks_uri of an https issuer is not https");
      }
      return url;
    } catch (IllegalArgumentException e) {
      throw new KeySetException("the jwks_uri is no URL");
    }
  }
}
