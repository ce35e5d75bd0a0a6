package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.BackendAddress;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.InvokeRole;
import io.portico.gateway.compile.LambdaUri;
import io.portico.gateway.compile.PrivateTargets;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.httpapi.ParameterChanges;
import io.portico.gateway.snapshot.httpapi.PayloadFormat;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles what a route calls. What cannot be called compiles to {@code Broken}. */
final class RouteIntegrationCompiler {
  /** AWS: a function may be named by its own ARN as well; source: documented, quick create. */
  private static final Pattern FUNCTION = Pattern.compile("arn:[a-z-]+:lambda:[^/\\s]+");

  /** How long a function may run, and so stream: {@code timeoutInMillis} ends at 30 seconds. */
  private static final Duration LONGEST_STREAM = Duration.ofMinutes(15);

  /** How long a stream may stand still: as of a regional REST API. */
  private static final Duration STREAM_IDLE = Duration.ofMinutes(5);

  /**
   * The stage variable by which backends stream, and its value: v1's name for it, as v2's
   * integrations have no such member.
   */
  private static final String TRANSFER_MODE = "responseTransferMode";

  private static final String STREAM = "STREAM";

  private final StageVariables variables;
  private final FunctionEndpoints functions;
  private final ServiceActions actions;
  private final PrivateTargets targets;

  /**
   * @param targets where private integrations lead
   */
  RouteIntegrationCompiler(
      StageVariables variables,
      FunctionEndpoints functions,
      ServiceActions actions,
      PrivateTargets targets) {
    this.variables = variables;
    this.functions = functions;
    this.actions = actions;
    this.targets = targets;
  }

  RouteIntegration compile(IntegrationRecord record) {
    try {
      return integration(record);
    } catch (UnusableException e) {
      return new RouteIntegration.Broken(String.valueOf(e.getMessage()));
    }
  }

  private RouteIntegration integration(IntegrationRecord record) throws UnusableException {
    return switch (record.integrationType()) {
      case "HTTP_PROXY" -> record.isPrivate() ? ofVpc(record) : http(record);
      case "AWS_PROXY" -> function(record);
      default -> throw new UnusableException("an integration of type " + record.integrationType());
    };
  }

  private RouteIntegration ofVpc(IntegrationRecord record) throws UnusableException {
    ParameterChanges changes = ParameterChangeCompiler.compile(record);
    return new RouteIntegration.PrivateProxy(
        timeout(record),
        streaming(changes),
        httpMethod(record.integrationMethod()),
        targets.ofHttpApi(
            record.connectionId(),
            record.integrationUri(),
            record.tlsConfig() == null ? null : record.tlsConfig().serverNameToVerify()),
        changes);
  }

  private RouteIntegration http(IntegrationRecord record) throws UnusableException {
    String uri = record.integrationUri();
    if (uri == null) {
      throw new UnusableException("the integration has no uri");
    }
    if (record.tlsConfig() != null && record.tlsConfig().serverNameToVerify() != null) {
      // AWS: for private integrations; source: documented, CreateIntegration.
      throw new UnusableException("tlsConfig is for VPC links");
    }
    // AWS: a greedy variable may stand in the uri with its plus; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html.
    BackendAddress address = BackendAddress.of(uri.replace("+}", "}"), variables, true);
    ParameterChanges changes = ParameterChangeCompiler.compile(record);
    return new RouteIntegration.HttpProxy(
        timeout(record),
        streaming(changes),
        httpMethod(record.integrationMethod()),
        address.origin(),
        address.path(),
        address.query(),
        changes);
  }

  /** What a mapping reads of an answer's content has to be there before its head is sent on. */
  private RouteIntegration.@Nullable Streaming streaming(ParameterChanges changes) {
    return STREAM.equals(variables.get(TRANSFER_MODE)) && !changes.readsResponse()
        ? new RouteIntegration.Streaming(LONGEST_STREAM, STREAM_IDLE)
        : null;
  }

  private RouteIntegration function(IntegrationRecord record) throws UnusableException {
    if (record.isPrivate()) {
      throw new UnusableException("a function is not reached through a VPC link");
    }
    if (record.integrationSubtype() != null) {
      return actions.compile(
          record.integrationSubtype(), record, ParameterChangeCompiler.ofAnswers(record));
    }
    LambdaUri address = functionUri(record);
    LambdaFunction function = functions.function(address.functionArn());
    return new RouteIntegration.LambdaProxy(
        address.streamed() ? LONGEST_STREAM : timeout(record),
        address.streamed() ? STREAM_IDLE : null,
        function,
        InvokeRole.orCaller(record.credentialsArn(), variables, "the integration's"),
        actions.signer(record, functions, function),
        format(record.payloadFormatVersion()),
        ParameterChangeCompiler.compile(record));
  }

  private LambdaUri functionUri(IntegrationRecord record) throws UnusableException {
    String uri = record.integrationUri() == null ? "" : variables.resolve(record.integrationUri());
    if (uri.indexOf(StageVariables.UNDEFINED) >= 0) {
      throw new UnusableException(
          "a stage variable in the integration's uri is not defined: " + record.integrationUri());
    }
    if (FUNCTION.matcher(uri).matches()) {
      return new LambdaUri(uri, false);
    }
    LambdaUri function = LambdaUri.of(uri);
    if (function == null) {
      throw new UnusableException("no uri by which a function is invoked: " + uri);
    }
    return function;
  }

  /** AWS: 1.0 where none is given; source: documented, CreateIntegration. */
  private static PayloadFormat format(@Nullable String version) throws UnusableException {
    return switch (version) {
      case null -> PayloadFormat.V1;
      case "1.0" -> PayloadFormat.V1;
      case "2.0" -> PayloadFormat.V2;
      default -> throw new UnusableException("no payload format version: " + version);
    };
  }

  private static Duration timeout(IntegrationRecord record) {
    return Duration.ofMillis(Math.max(record.timeoutInMillis(), 1));
  }

  /** AWS: {@code ANY} passes the client's own on; source: documented, the routes of proxies. */
  private static @Nullable String httpMethod(@Nullable String configured) {
    return configured == null || configured.equals("ANY") ? null : configured;
  }
}
