package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.InvokeRole;
import io.portico.gateway.compile.LambdaUri;
import io.portico.gateway.compile.SigningIdentities;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.jose.KeySetUrl;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.AuthorizerRecord.JwtConfiguration;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.UserPool;
import io.portico.gateway.snapshot.httpapi.JwtAuthorizer;
import io.portico.gateway.snapshot.httpapi.PayloadFormat;
import io.portico.gateway.snapshot.httpapi.RequestAuthorizer;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles whom routes let in. What cannot be understood lets nobody in. */
final class RouteAuthorizerCompiler {
  private static final String CONFIGURATION = ".well-known/openid-configuration";

  private final List<AuthorizerRecord> authorizers;
  private final StageVariables variables;
  private final FunctionEndpoints functions;
  private final SigningIdentities signers;
  private final UserPoolIssuers userPools;

  /**
   * @param signers say with whose credentials functions are invoked
   */
  RouteAuthorizerCompiler(
      List<AuthorizerRecord> authorizers,
      StageVariables variables,
      FunctionEndpoints functions,
      SigningIdentities signers,
      UserPoolIssuers userPools) {
    this.authorizers = authorizers;
    this.variables = variables;
    this.functions = functions;
    this.signers = signers;
    this.userPools = userPools;
  }

  RouteAuthorization compile(RouteRecord route) {
    if (route.apiKeyRequired()) {
      // AWS: HTTP APIs have no API keys; source: documented, CreateRoute.
      return closed("apiKeyRequired");
    }
    List<String> scopes = route.authorizationScopes();
    try {
      return switch (route.authorizationType()) {
        case "NONE" -> RouteAuthorization.Open.INSTANCE;
        case "AWS_IAM" -> RouteAuthorization.AwsIam.INSTANCE;
        case "JWT" ->
            new RouteAuthorization.Jwt(
                jwt(authorizer(route, "JWT")), scopes == null ? List.of() : List.copyOf(scopes));
        case "CUSTOM" -> new RouteAuthorization.Lambda(function(authorizer(route, "REQUEST")));
        default -> closed("authorizationType " + route.authorizationType());
      };
    } catch (UnusableException e) {
      return new RouteAuthorization.Unusable(
          "authorizer " + route.authorizerId() + ": " + e.getMessage());
    }
  }

  private static RouteAuthorization closed(String setting) {
    return new RouteAuthorization.Closed(new Refusal(GatewayResponseType.ACCESS_DENIED, setting));
  }

  private AuthorizerRecord authorizer(RouteRecord route, String type) throws UnusableException {
    for (AuthorizerRecord authorizer : authorizers) {
      if (authorizer.authorizerId().equals(route.authorizerId())) {
        if (!authorizer.authorizerType().equals(type)) {
          throw new UnusableException("its type is " + authorizer.authorizerType());
        }
        return authorizer;
      }
    }
    throw new UnusableException("there is none");
  }

  private JwtAuthorizer jwt(AuthorizerRecord record) throws UnusableException {
    JwtConfiguration configuration = record.jwtConfiguration();
    String issuer = configuration == null ? null : configuration.issuer();
    List<String> audience = configuration == null ? null : configuration.audience();
    if (issuer == null || audience == null || audience.isEmpty()) {
      throw new UnusableException("it names no issuer, or no audience");
    }
    List<ParameterSource> sources = sources(record);
    if (sources.size() != 1 || !isOfToken(sources.getFirst())) {
      throw new UnusableException("no source of a token: " + record.identitySource());
    }
    UserPool pool = userPools.ofIssuer(issuer);
    return pool == null
        ? new JwtAuthorizer(
            record.authorizerId(),
            sources.getFirst(),
            List.of(issuer),
            List.copyOf(audience),
            configuration(issuer),
            true)
        : new JwtAuthorizer(
            record.authorizerId(),
            sources.getFirst(),
            pool.issuers(),
            List.copyOf(audience),
            pool.keys(),
            false);
  }

  private static boolean isOfToken(ParameterSource source) {
    return source instanceof ParameterSource.RequestHeader
        || source instanceof ParameterSource.QueryString;
  }

  private static KeySetUrl configuration(String issuer) throws UnusableException {
    try {
      return KeySetUrl.of(URI.create(issuer + (issuer.endsWith("/") ? "" : "/") + CONFIGURATION));
    } catch (IllegalArgumentException e) {
      throw new UnusableException("no URL of an issuer: " + issuer);
    }
  }

  /**
   * AWS: {@code identityValidationExpression} is not used; source: documented, CreateAuthorizer.
   */
  private RequestAuthorizer function(AuthorizerRecord record) throws UnusableException {
    PayloadFormat format = format(record.authorizerPayloadFormatVersion());
    boolean simple = Boolean.TRUE.equals(record.enableSimpleResponses());
    if (simple && format == PayloadFormat.V1) {
      throw new UnusableException("simple responses are of payload format version 2.0");
    }
    String arn = functionArn(record);
    String role = InvokeRole.of(record.authorizerCredentialsArn(), variables, "the authorizer's");
    LambdaFunction function = functions.function(arn);
    Integer ttl = record.authorizerResultTtlInSeconds();
    List<ParameterSource> sources = sources(record);
    return new RequestAuthorizer(
        record.authorizerId(),
        key(record, arn, role),
        function,
        role,
        signers.ofFunction(record.authorizerCredentialsArn(), functions, function),
        format,
        simple,
        sources,
        // AWS: without an identity source nothing is kept; source: documented,
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html.
        ttl == null || sources.isEmpty() ? Duration.ZERO : Duration.ofSeconds(ttl));
  }

  /** All that an answer may depend on, but for how long it is kept. */
  private static String key(AuthorizerRecord record, String functionArn, @Nullable String role) {
    return Json.text(
        Json.array()
            .add(record.authorizerId())
            .add(functionArn)
            .add(role)
            .add(record.authorizerPayloadFormatVersion())
            .add(Boolean.TRUE.equals(record.enableSimpleResponses()))
            .add(String.valueOf(record.identitySource())));
  }

  private String functionArn(AuthorizerRecord record) throws UnusableException {
    String uri = record.authorizerUri() == null ? "" : variables.resolve(record.authorizerUri());
    LambdaUri function = LambdaUri.of(uri);
    if (uri.indexOf(StageVariables.UNDEFINED) >= 0 || function == null || function.streamed()) {
      throw new UnusableException(
          "no uri by which a function is invoked: " + record.authorizerUri());
    }
    return function.functionArn();
  }

  private static PayloadFormat format(@Nullable String version) throws UnusableException {
    return switch (version) {
      case "1.0" -> PayloadFormat.V1;
      case "2.0" -> PayloadFormat.V2;
      case null, default -> throw new UnusableException("no payload format version: " + version);
    };
  }

  private static List<ParameterSource> sources(AuthorizerRecord record) throws UnusableException {
    List<ParameterSource> sources = new ArrayList<>();
    List<String> expressions = record.identitySource();
    for (String expression : expressions == null ? List.<String>of() : expressions) {
      ParameterSource source = RouteExpressions.source(expression);
      switch (source) {
        case ParameterSource.RequestHeader _,
            ParameterSource.QueryString _,
            ParameterSource.StageVariable _,
            ParameterSource.Context _ ->
            sources.add(source);
        default -> throw new UnusableException("no identity source: " + expression);
      }
    }
    return List.copyOf(sources);
  }
}
