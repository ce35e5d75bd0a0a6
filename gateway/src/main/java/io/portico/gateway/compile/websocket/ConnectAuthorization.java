package io.portico.gateway.compile.websocket;

import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.InvokeRole;
import io.portico.gateway.compile.LambdaUri;
import io.portico.gateway.compile.ParameterExpressions;
import io.portico.gateway.compile.ParameterExpressions.Words;
import io.portico.gateway.compile.SigningIdentities;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.LambdaAuthorizer;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles whom routes let in.
 *
 * <p>AWS: only {@code $connect} asks who calls; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html.
 * Any other route that is to ask is closed.
 */
final class ConnectAuthorization {
  private final List<AuthorizerRecord> authorizers;
  private final StageVariables variables;
  private final FunctionEndpoints functions;
  private final SigningIdentities signers;

  /**
   * @param signers say with whose credentials functions are invoked
   */
  ConnectAuthorization(
      List<AuthorizerRecord> authorizers,
      StageVariables variables,
      FunctionEndpoints functions,
      SigningIdentities signers) {
    this.authorizers = authorizers;
    this.variables = variables;
    this.functions = functions;
    this.signers = signers;
  }

  Authorization of(RouteRecord route) {
    String type = route.authorizationType();
    boolean connect = route.routeKey().equals(WebSocketRoute.CONNECT);
    if (!connect && (!type.equals("NONE") || route.apiKeyRequired())) {
      return closed("authorization of the route " + route.routeKey());
    }
    return switch (type) {
      case "NONE" -> Authorization.Open.INSTANCE;
      case "AWS_IAM" -> Authorization.AwsIam.INSTANCE;
      case "CUSTOM" -> custom(route.authorizerId());
      default -> closed("authorizationType " + type);
    };
  }

  private Authorization custom(@Nullable String id) {
    for (AuthorizerRecord record : authorizers) {
      if (record.authorizerId().equals(id)) {
        try {
          return new Authorization.Lambda(lambda(record));
        } catch (UnusableException e) {
          return new Authorization.Unusable("authorizer " + id + ": " + e.getMessage());
        }
      }
    }
    return new Authorization.Unusable("there is no authorizer " + id);
  }

  private LambdaAuthorizer lambda(AuthorizerRecord record) throws UnusableException {
    if (!record.authorizerType().equals("REQUEST")) {
      throw new UnusableException("an authorizer of type " + record.authorizerType());
    }
    List<ParameterSource> sources = new ArrayList<>();
    if (record.identitySource() != null) {
      for (String expression : record.identitySource()) {
        sources.add(
            ParameterExpressions.identitySource(expression.strip(), Words.OF_WEBSOCKET_APIS));
      }
    }
    LambdaFunction function =
        functions.function(LambdaUri.functionArn(record.authorizerUri(), variables));
    return new LambdaAuthorizer(
        record.authorizerId(),
        record.authorizerId(),
        LambdaAuthorizer.Type.REQUEST,
        function,
        InvokeRole.of(record.authorizerCredentialsArn(), variables, "the authorizer's"),
        signers.ofFunction(record.authorizerCredentialsArn(), functions, function),
        List.copyOf(sources),
        null,
        // AWS: answers are kept for HTTP APIs only; source: documented, CreateAuthorizer.
        Duration.ZERO);
  }

  private static Authorization closed(String setting) {
    return new Authorization.Closed(new Refusal(GatewayResponseType.ACCESS_DENIED, setting));
  }
}
