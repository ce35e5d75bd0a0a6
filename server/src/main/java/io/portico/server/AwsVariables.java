package io.portico.server;

import io.portico.gateway.aws.AwsService;
import io.portico.gateway.aws.AwsServices;
import io.portico.gateway.aws.Credentials;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigValues;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's own clients take from the environment.
 *
 * <p>They are no defaults of Portico's keys. What people export for the AWS CLI is often Portico's
 * own address, or another program's: so it is ignored where a key with the same value is refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>
 */
final class AwsVariables {
  static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";
  static final String ENDPOINT_URL_OF = ENDPOINT_URL + "_";

  private static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  /** Those that are set: one that is empty is none. Sorted, so that messages are always alike. */
  private final Map<String, String> variables;

  AwsVariables(Map<String, String> environment) {
    variables =
        environment.entrySet().stream()
            .filter(variable -> !variable.getValue().isEmpty())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  /** Half a pair of keys is none. */
  boolean hasCredentials() {
    return variables.containsKey(ACCESS_KEY_ID) && variables.containsKey(SECRET_ACCESS_KEY);
  }

  /** Those of the environment, as every client of AWS takes them; else what emulators take. */
  Credentials credentials() {
    return hasCredentials()
        ? new Credentials(
            variables.getOrDefault(ACCESS_KEY_ID, ""),
            variables.getOrDefault(SECRET_ACCESS_KEY, ""),
            variables.get(SESSION_TOKEN))
        : new Credentials("test", "test", null);
  }

  /**
   * The endpoint of every service.
   *
   * @throws ConfigException if it is no URL
   */
  @Nullable URI endpoint() {
    String text = variables.get(ENDPOINT_URL);
    return text == null ? null : url(ENDPOINT_URL, text);
  }

  /**
   * The endpoints of single services.
   *
   * @return by service id in the spelling of the variables
   * @throws ConfigException if one of them is no URL
   */
  Map<String, URI> endpointsByService() {
    return suffixes().stream()
        .filter(suffix -> AwsServices.ofVariable(suffix) != null)
        .collect(Collectors.toMap(suffix -> suffix, this::endpointOf, (a, _) -> a, TreeMap::new));
  }

  /** Variables that name none of the services that integrations know, each with what is near. */
  List<String> unknown() {
    return suffixes().stream()
        .filter(suffix -> AwsServices.ofVariable(suffix) == null)
        .map(AwsVariables::withNearest)
        .toList();
  }

  private static String withNearest(String suffix) {
    List<AwsService> meant = AwsServices.meantBy(suffix);
    return ENDPOINT_URL_OF
        + suffix
        + (meant.isEmpty()
            ? ""
            : meant.stream()
                .map(service -> ENDPOINT_URL_OF + service.variableSuffix())
                .collect(Collectors.joining(" or ", " (AWS's clients spell it ", ")")));
  }

  private List<String> suffixes() {
    return variables.keySet().stream()
        .filter(variable -> variable.startsWith(ENDPOINT_URL_OF))
        .map(variable -> variable.substring(ENDPOINT_URL_OF.length()))
        .toList();
  }

  private URI endpointOf(String suffix) {
    String variable = ENDPOINT_URL_OF + suffix;
    return url(variable, variables.getOrDefault(variable, ""));
  }

  private static URI url(String variable, String text) {
    URI url = ConfigValues.uri(text);
    if (url == null) {
      throw new ConfigException(
          "%s: %s from the environment: allowed is %s"
              .formatted(variable, ConfigValues.shown(text), ConfigValues.URL),
          null);
    }
    return url;
  }
}
