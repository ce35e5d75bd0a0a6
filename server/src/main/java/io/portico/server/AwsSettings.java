package io.portico.server;

import io.portico.gateway.aws.AwsService;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.server.config.GatewayConfig;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where integrations find AWS's services, and what their calls are signed with. */
final class AwsSettings {
  private static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  private AwsSettings() {}

  /** Those of the environment, as every client of AWS takes them; else what emulators take. */
  static Credentials credentials(Map<String, String> environment) {
    return hasCredentials(environment)
        ? new Credentials(
            environment.getOrDefault(ACCESS_KEY_ID, ""),
            environment.getOrDefault(SECRET_ACCESS_KEY, ""),
            set(environment, SESSION_TOKEN) ? environment.get(SESSION_TOKEN) : null)
        : new Credentials("test", "test", null);
  }

  /** Whether AWS itself may be called. Half a pair of keys is none. */
  static boolean hasCredentials(Map<String, String> environment) {
    return set(environment, ACCESS_KEY_ID) && set(environment, SECRET_ACCESS_KEY);
  }

  private static boolean set(Map<String, String> environment, String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  /** Without credentials in the environment, AWS's own endpoints are not called. */
  static ServiceEndpoints endpoints(GatewayConfig config, Map<String, String> environment) {
    Map<String, URI> byService = new LinkedHashMap<>();
    config
        .aws()
        .endpointsByService()
        .forEach((id, url) -> byService.put(AwsService.variableSuffix(id), url));
    URI lambda = config.lambda().endpoint();
    if (lambda != null) {
      byService.put("LAMBDA", lambda);
    }
    return new ServiceEndpoints(byService, config.aws().endpoint(), hasCredentials(environment));
  }
}
