package io.portico.server.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who issues the tokens of Cognito user pools. */
public record CognitoConfig(
    @Setting(
            value =
                "Issuers of the tokens of Cognito user pools, by the pool's id:"
                    + " us-east-1_AbCdEfGhI=https://keycloak.example/realms/shop. * in place of an"
                    + " id stands for every other pool, {pool} in a URL for the pool's id:"
                    + " *=http://localhost:9229/{pool}. A pool without one is at the endpoint that"
                    + " aws.endpoints (cognito-idp), AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER of"
                    + " the environment, aws.endpoint or AWS_ENDPOINT_URL name, else at AWS.",
            byDefault = "",
            pattern = CognitoConfig.PAIRS,
            allowed = "pool=URL pairs, separated by commas")
        @Nullable String issuers,
    @Setting(
            value =
                "URLs of the key sets (JWKS) of Cognito user pools, in the same way. A pool without"
                    + " one has it at its issuer's URL with /.well-known/jwks.json behind it.",
            byDefault = "",
            pattern = CognitoConfig.PAIRS,
            allowed = "pool=URL pairs, separated by commas")
        @Nullable String keySets) {

  static final String PAIRS =
      "([\\w-]{1,128}|\\*)=[^\\s,=]{1,1000}(, ?([\\w-]{1,128}|\\*)=[^\\s,=]{1,1000}){0,499}";

  private static final Pattern COMMA = Pattern.compile(", ?");
  private static final String POOL = "{pool}";

  /**
   * The issuers, by the id of their pool or {@code *}.
   *
   * @throws ConfigException if one of them is no URL or a pool is there twice
   */
  public Map<String, String> issuersByPool() {
    return byPool("cognito.issuers", issuers);
  }

  /**
   * The URLs of key sets, by the id of their pool or {@code *}.
   *
   * @throws ConfigException if one of them is no URL or a pool is there twice
   */
  public Map<String, String> keySetsByPool() {
    return byPool("cognito.key-sets", keySets);
  }

  private static Map<String, String> byPool(String key, @Nullable String pairs) {
    Map<String, String> urls = new LinkedHashMap<>();
    if (pairs != null) {
      COMMA
          .splitAsStream(pairs)
          .map(pair -> pair.split("=", 2))
          .forEach(
              pair -> {
                URI url = ConfigValues.uri(pair[1].replace(POOL, "pool"));
                if (url == null) {
                  throw refused(key, pair, ConfigValues.URL);
                }
                if (urls.put(pair[0], pair[1]) != null) {
                  throw refused(key, pair, "one URL for a pool");
                }
              });
    }
    return urls;
  }

  private static ConfigException refused(String key, String[] pair, String allowed) {
    return new ConfigException(
        "%s: %s=%s: allowed is %s".formatted(key, pair[0], ConfigValues.shown(pair[1]), allowed),
        null);
  }
}
