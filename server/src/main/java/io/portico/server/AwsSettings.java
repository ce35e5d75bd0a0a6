package io.portico.server;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.AwsService;
import io.portico.gateway.aws.AwsServices;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigValues;
import io.portico.server.config.GatewayConfig;
import io.portico.server.config.GatewayConfig.Lambda.FunctionEndpoint;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where integrations find AWS's services, and what their calls are signed with: Portico's own keys,
 * and behind them what the environment tells AWS's clients.
 *
 * <p>An endpoint that is Portico's own listener is refused where a key names it, and ignored where
 * the environment does, which names it for the AWS CLI. That is found out before anything listens,
 * as the port is known then; but for port 0, where the port is chosen with regard to the endpoints
 * (see {@link #name}).
 */
final class AwsSettings {
  /** How the names of AWS's own hosts end. */
  private static final List<String> OF_AWS =
      List.of(".amazonaws.com", ".amazonaws.com.cn", ".api.aws");

  private static final String LAMBDA = "LAMBDA";

  /** Those whose APIs Portico speaks, or says of that it does not yet. */
  private static final List<String> OWN_SERVICES =
      List.of(
          "API_GATEWAY",
          "APIGATEWAYV2",
          "APIGATEWAYMANAGEMENTAPI",
          "CLOUDWATCH",
          "CLOUDWATCH_LOGS",
          "IAM",
          LAMBDA,
          "STS");

  private final Map<String, URI> byService = new LinkedHashMap<>();
  private final @Nullable URI all;
  private final List<FunctionEndpoint> functions;
  private final Map<String, String> issuers;
  private final Map<String, String> keySets;
  private final boolean callAws;
  private final boolean assumeRoles;
  private final Credentials credentials;
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param own where the gateway is about to listen
   * @throws ConfigException for an endpoint that is no URL, of no known service or the gateway's
   *     own, and where AWS is to be called without credentials
   */
  AwsSettings(GatewayConfig config, Map<String, String> environment, OwnListener own) {
    AwsVariables variables = new AwsVariables(environment);
    List<String> unknown = variables.unknown();
    if (!unknown.isEmpty()) {
      warnings.add("not used, as integrations know no such service: " + String.join(", ", unknown));
    }
    variables
        .endpointsByService()
        .forEach(
            (id, url) -> {
              if (isForIntegrations(AwsVariables.ENDPOINT_URL_OF + id, url, own)) {
                byService.put(id, url);
              }
            });
    byService.putAll(configured(config.aws(), own));
    URI lambda = config.lambda().endpoint();
    if (lambda != null) {
      byService.put(LAMBDA, another("lambda.endpoint", lambda, own));
    }
    functions = config.lambda().functionEndpoints();
    for (FunctionEndpoint some : functions) {
      ArnPattern _ = pattern(some);
      if (some.endpoint() != null) {
        another("lambda.endpoints", some.endpoint(), own);
      }
    }
    all = all(config.aws().endpoint(), variables.endpoint(), own);
    issuers = config.cognito().issuersByPool();
    keySets = config.cognito().keySetsByPool();
    callAws = config.aws().callAws();
    assumeRoles = config.aws().assumesRoles(callAws || reachesAws());
    if (callAws && !variables.hasCredentials()) {
      throw new ConfigException(
          "aws.call-aws: true: allowed where the environment has AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY",
          null);
    }
    credentials = variables.credentials();
  }

  /** Whether an endpoint is one of AWS's own, such as that of a VPC. */
  private boolean reachesAws() {
    return Stream.concat(byService.values().stream(), Stream.ofNullable(all))
        .map(url -> Objects.requireNonNullElse(url.getHost(), ""))
        .anyMatch(host -> OF_AWS.stream().anyMatch(host::endsWith));
  }

  Credentials credentials() {
    return credentials;
  }

  ServiceEndpoints endpoints() {
    ServiceEndpoints endpoints = new ServiceEndpoints(byService, all, callAws);
    return assumeRoles ? endpoints.assumingRoles() : endpoints;
  }

  /**
   * Whether a service has an endpoint of its own, rather than that of all.
   *
   * @param service its name in endpoints, such as {@code logs}
   */
  boolean hasEndpointOf(String service) {
    return byService.containsKey(AwsServices.named(service).variableSuffix());
  }

  /** Who issues the tokens of Cognito user pools. */
  UserPoolIssuers userPools() {
    return new UserPoolIssuers(endpoints(), issuers, keySets);
  }

  /**
   * Where functions are invoked: elsewhere if something says so of Lambda, else by the host of this
   * process. An endpoint of all services is Lambda's, too, only where this process runs no host: it
   * is mostly there for other services.
   *
   * @param host its address, or null where this process runs none
   */
  FunctionEndpoints functions(@Nullable URI host) {
    URI elsewhere = byService.getOrDefault(LAMBDA, host == null ? all : null);
    return new FunctionEndpoints(
        functions.stream()
            .map(
                some -> {
                  URI endpoint = some.endpoint() == null ? host : some.endpoint();
                  return new FunctionEndpoints.Rule(
                      pattern(some), EndpointUrl.of(Objects.requireNonNull(endpoint)));
                })
            .toList(),
        elsewhere != null ? EndpointUrl.of(elsewhere) : host != null ? EndpointUrl.of(host) : null,
        host == null ? null : EndpointUrl.of(host));
  }

  /**
   * What tells AWS's clients in functions where services are: Portico's own APIs here, others where
   * integrations call them. None of it leads to AWS, which does not know a function's keys.
   *
   * @param own the URL at which Portico listens, or null while that is not known
   */
  Map<String, String> variablesOfFunctions(@Nullable String own) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (all != null) {
      variables.put(AwsVariables.ENDPOINT_URL, all.toString());
    }
    if (own != null) {
      OWN_SERVICES.forEach(id -> variables.put(AwsVariables.ENDPOINT_URL_OF + id, own));
    }
    byService.forEach(
        (id, url) -> variables.put(AwsVariables.ENDPOINT_URL_OF + id, url.toString()));
    return variables;
  }

  private static ArnPattern pattern(FunctionEndpoint some) {
    ArnPattern pattern = ArnPattern.of(some.functions());
    if (pattern == null) {
      throw new ConfigException(
          ("lambda.endpoints: %s: allowed is an ARN of six parts or more, such as"
                  + " arn:aws:lambda:*:*:function:orders")
              .formatted(ConfigValues.shown(some.functions())),
          null);
    }
    return pattern;
  }

  /** What of the environment is not used, in a line each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Whether an endpoint leads to that address; if it is a free one, it is not to be chosen. */
  boolean name(InetSocketAddress listener) {
    OwnListener own = new OwnListener(listener);
    return Stream.of(
            byService.values().stream(),
            Stream.ofNullable(all),
            functions.stream().map(FunctionEndpoint::endpoint).filter(Objects::nonNull))
        .flatMap(urls -> urls)
        .anyMatch(own::isNamedBy);
  }

  private @Nullable URI all(@Nullable URI key, @Nullable URI variable, OwnListener own) {
    boolean used = variable != null && isForIntegrations(AwsVariables.ENDPOINT_URL, variable, own);
    return key != null ? another("aws.endpoint", key, own) : used ? variable : null;
  }

  private static Map<String, URI> configured(GatewayConfig.Aws aws, OwnListener own) {
    Map<String, URI> byService = new LinkedHashMap<>();
    aws.endpointsByService()
        .forEach(
            (name, url) -> {
              another("aws.endpoints: " + name, url, own);
              for (AwsService service : services(name, url)) {
                if (byService.put(service.variableSuffix(), url) != null) {
                  throw new ConfigException(
                      "aws.endpoints: %s: %s is set twice; allowed is one URL for a service"
                          .formatted(shown(name, url), service.id()),
                      null);
                }
              }
            });
    return byService;
  }

  private static List<AwsService> services(String name, URI url) {
    List<AwsService> services = AwsServices.meantBy(name);
    if (services.isEmpty()) {
      throw new ConfigException(
          ("aws.endpoints: %s: no such service; allowed are AWS's service ids, such as sqs, sfn or"
                  + " secrets-manager, and names in integrations' addresses, such as states")
              .formatted(shown(name, url)),
          null);
    }
    return services;
  }

  private static String shown(String name, URI url) {
    return name + "=" + ConfigValues.shown(url.toString());
  }

  private static URI another(String key, URI url, OwnListener own) {
    if (own.isNamedBy(url)) {
      throw new ConfigException(
          "%s: %s: Portico itself listens there; allowed is the URL of another server"
              .formatted(key, ConfigValues.shown(url.toString())),
          null);
    }
    return url;
  }

  private boolean isForIntegrations(String variable, URI url, OwnListener own) {
    if (own.isNamedBy(url)) {
      warnings.add(
          variable
              + " names Portico itself, so integrations do not use it; aws.endpoint and"
              + " aws.endpoints are for them");
      return false;
    }
    return true;
  }
}
