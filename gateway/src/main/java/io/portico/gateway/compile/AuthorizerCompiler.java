package io.portico.gateway.compile;

import io.portico.gateway.compile.ParameterExpressions.Words;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.LambdaAuthorizer;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles an API's authorizers, each once. */
final class AuthorizerCompiler {
  /**
   * AWS: seconds where none are given; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html.
   */
  private static final int DEFAULT_TTL = 300;

  private final Map<String, Authorization> compiled = new HashMap<>();
  private final StageVariables variables;
  private final FunctionEndpoints functions;
  private final SigningIdentities signers;
  private final UserPoolIssuers userPools;
  private final boolean canary;

  private AuthorizerCompiler(
      StageVariables variables,
      FunctionEndpoints functions,
      SigningIdentities signers,
      UserPoolIssuers userPools,
      boolean canary) {
    this.variables = variables;
    this.functions = functions;
    this.signers = signers;
    this.userPools = userPools;
    this.canary = canary;
  }

  /**
   * The authorizers of a release, each compiled once.
   *
   * @param accountId of the API
   */
  static AuthorizerCompiler of(
      String accountId,
      StageRelease release,
      ServiceEndpoints services,
      FunctionEndpoints functions,
      UserPoolIssuers userPools) {
    StageVariables variables = new StageVariables(release.variables());
    AuthorizerCompiler authorizers =
        new AuthorizerCompiler(
            variables,
            functions,
            new SigningIdentities(accountId, variables, services),
            userPools,
            release.kind() == Release.CANARY);
    for (AuthorizerRecord record : release.definition().authorizers()) {
      authorizers.compiled.put(record.id(), authorizers.compile(record));
    }
    return authorizers;
  }

  /** Whom a method with an authorizer of its own lets in. */
  Authorization of(MethodRecord method) {
    String id = method.authorizerId();
    Authorization authorizer = id == null ? null : compiled.get(id);
    List<String> scopes = method.authorizationScopes();
    return switch (authorizer) {
      case null -> new Authorization.Unusable("there is no authorizer " + id);
      case Authorization.UserPools pools when scopes != null ->
          new Authorization.UserPools(pools.authorizer(), List.copyOf(scopes));
      default -> authorizer;
    };
  }

  /** Whom an authorizer lets in. */
  Authorization compile(AuthorizerRecord record) {
    try {
      return switch (record.type()) {
        case "TOKEN" -> lambda(LambdaAuthorizer.Type.TOKEN, record, token(record));
        case "REQUEST" -> lambda(LambdaAuthorizer.Type.REQUEST, record, sources(record));
        case "COGNITO_USER_POOLS" ->
            new Authorization.UserPools(
                UserPoolAuthorizerCompiler.compile(record, userPools, variables), List.of());
        default -> throw new UnusableException("an authorizer of type " + record.type());
      };
    } catch (UnusableException e) {
      return new Authorization.Unusable("authorizer " + record.id() + ": " + e.getMessage());
    }
  }

  private Authorization lambda(
      LambdaAuthorizer.Type type, AuthorizerRecord record, List<ParameterSource> sources)
      throws UnusableException {
    String arn = LambdaUri.functionArn(record.authorizerUri(), variables);
    String role = InvokeRole.of(record.authorizerCredentials(), variables, "the authorizer's");
    LambdaFunction function = functions.function(arn);
    Integer ttl = record.authorizerResultTtlInSeconds();
    return new Authorization.Lambda(
        new LambdaAuthorizer(
            record.id(),
            key(record, arn, role),
            type,
            function,
            role,
            signers.ofFunction(record.authorizerCredentials(), functions, function),
            sources,
            type == LambdaAuthorizer.Type.TOKEN ? validation(record) : null,
            Duration.ofSeconds(ttl == null ? DEFAULT_TTL : ttl)));
  }

  /** All that an answer may depend on, but for how long it is kept. */
  private String key(AuthorizerRecord record, String functionArn, @Nullable String role) {
    return Json.text(
        Json.array()
            // What a canary's was told may be another's business: its variables are its own.
            .add(canary)
            .add(record.id())
            .add(record.type())
            .add(functionArn)
            .add(role)
            .add(record.identitySource())
            .add(record.identityValidationExpression()));
  }

  private static List<ParameterSource> token(AuthorizerRecord record) throws UnusableException {
    List<ParameterSource> sources = sources(record);
    if (sources.size() != 1 || !(sources.getFirst() instanceof ParameterSource.RequestHeader)) {
      throw new UnusableException("no header of a token: " + record.identitySource());
    }
    return sources;
  }

  private static List<ParameterSource> sources(AuthorizerRecord record) throws UnusableException {
    List<ParameterSource> sources = new ArrayList<>();
    String configured = record.identitySource();
    if (configured != null && !configured.isBlank()) {
      for (String expression : configured.split(",", -1)) {
        sources.add(ParameterExpressions.identitySource(expression.strip(), Words.OF_REST_APIS));
      }
    }
    return List.copyOf(sources);
  }

  private static @Nullable BoundedPattern validation(AuthorizerRecord record)
      throws UnusableException {
    String expression = record.identityValidationExpression();
    if (expression == null || expression.isEmpty()) {
      return null;
    }
    try {
      return BoundedPattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new UnusableException("no regular expression: " + expression);
    }
  }
}
