package io.portico.gateway.compile;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.jose.KeySetUrl;
import io.portico.gateway.snapshot.UserPool;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who issues the tokens of Cognito user pools: whom the configuration names, else the endpoint of
 * Cognito that is configured, else AWS. Whatever AWS publishes there, everybody may read; no
 * credentials are sent.
 */
public final class UserPoolIssuers {
  /** In place of a pool's id: every pool that has no entry of its own. */
  public static final String EVERY_POOL = "*";

  /** In a URL: the id of the pool. */
  public static final String POOL = "{pool}";

  private static final String SERVICE = "cognito-idp";

  /**
   * AWS: source: documented,
   * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html.
   */
  private static final String KEYS = "/.well-known/jwks.json";

  // AWS: source: documented, CreateAuthorizer.
  private static final Pattern ARN =
      Pattern.compile("arn:(aws[a-z-]*):cognito-idp:([a-z0-9-]+):\\d{12}:userpool/([\\w-]+)");

  private static final Pattern ISSUER =
      Pattern.compile("https://cognito-idp\\.([a-z0-9-]+)\\.amazonaws\\.com/([\\w-]+)");

  private final ServiceEndpoints services;
  private final Map<String, String> issuers;
  private final Map<String, String> keySets;

  /**
   * @param services where Cognito is, for pools without an issuer of their own
   * @param issuers URLs by pool id or {@link #EVERY_POOL}
   * @param keySets URLs of key sets, in the same way
   */
  public UserPoolIssuers(
      ServiceEndpoints services, Map<String, String> issuers, Map<String, String> keySets) {
    this.services = services;
    this.issuers = Map.copyOf(issuers);
    this.keySets = Map.copyOf(keySets);
  }

  /** Without anything that is configured for them alone. */
  public UserPoolIssuers(ServiceEndpoints services) {
    this(services, Map.of(), Map.of());
  }

  UserPool pool(String arn) throws UnusableException {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new UnusableException("no ARN of a user pool: " + arn);
    }
    return pool(parts.group(1), parts.group(2), parts.group(3));
  }

  private UserPool pool(String partition, String region, String id) throws UnusableException {
    String configured = configured(issuers, id);
    if (configured != null) {
      return pool(id, List.of(configured), configured);
    }
    String ofAws = ofAws(partition, region, id);
    EndpointUrl endpoint = services.configured(SERVICE);
    if (endpoint == null) {
      return pool(id, List.of(ofAws), ofAws);
    }
    // Servers that stand in for Cognito call themselves by their own address or by AWS's; the keys
    // are those of the server either way.
    String own = endpoint + "/" + id;
    return pool(id, List.of(own, ofAws), own);
  }

  /**
   * The pool that AWS calls so, or null for an issuer that is no pool of AWS's: with the names and
   * keys that its ARN would lead to.
   *
   * @param issuer {@code https://cognito-idp.<region>.amazonaws.com/<pool>}
   */
  public @Nullable UserPool ofIssuer(String issuer) throws UnusableException {
    Matcher parts = ISSUER.matcher(issuer);
    return parts.matches() ? pool("aws", parts.group(1), parts.group(2)) : null;
  }

  private UserPool pool(String id, List<String> names, String keysBeside) throws UnusableException {
    String keys = configured(keySets, id);
    String url = keys == null ? keysBeside + KEYS : keys;
    try {
      return new UserPool(id, names, KeySetUrl.of(URI.create(url)));
    } catch (IllegalArgumentException e) {
      throw new UnusableException("no URL of a key set: " + url);
    }
  }

  private static String ofAws(String partition, String region, String id) throws UnusableException {
    return "https://"
        + SERVICE
        + "."
        + region
        + "."
        + ServiceEndpoints.domain(partition)
        + "/"
        + id;
  }

  private static @Nullable String configured(Map<String, String> urls, String id) {
    String url = urls.getOrDefault(id, urls.get(EVERY_POOL));
    return url == null ? null : url.replace(POOL, id);
  }
}
