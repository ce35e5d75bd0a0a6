package io.portico.gateway.compile;

import io.portico.gateway.jsonschema.JsonSchemaException;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.MethodKey;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.MethodSetting;
import io.portico.gateway.snapshot.ApiKeySource;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MethodSettings;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.RequestValidation;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles methods. */
final class MethodCompiler {
  private static final String ANY = "ANY";

  /** AWS: see {@code execute.rest.Router}. */
  private static final List<String> SERVED_BY_ANY =
      List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  private static final int NO_LIMIT = -1;
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html.
  private static final int ACCOUNT_RATE = 10_000;
  private static final int ACCOUNT_BURST = 5_000;

  private final Map<String, RequestValidatorRecord> validators;
  private final BodyModels models;
  private final StageSettings stage;
  private final AuthorizerCompiler authorizers;
  private final @Nullable ApiKeySource apiKeySource;
  private final IntegrationCompiler integrations;

  MethodCompiler(
      ApiDefinition api,
      StageRecord stage,
      AuthorizerCompiler authorizers,
      IntegrationCompiler integrations) {
    this.validators =
        api.requestValidators().stream()
            .collect(Collectors.toMap(RequestValidatorRecord::id, Function.identity()));
    this.models = new BodyModels(api.api().id(), api.models());
    this.stage = new StageSettings(stage);
    this.authorizers = authorizers;
    this.apiKeySource = apiKeySource(api.api());
    this.integrations = integrations;
  }

  MethodSnapshot compile(ResourceRecord resource, MethodRecord method) {
    IntegrationSnapshot integration = integrations.compile(method);
    RequestValidation validation = RequestValidation.NONE;
    try {
      validation = validation(method);
    } catch (JsonSchemaException | UnusableException e) {
      // AWS: takes such a method; its answer to a request is not known. Nothing unvalidated passes.
      integration =
          new IntegrationSnapshot.Broken("requests cannot be validated: " + e.getMessage());
    }
    String key = MethodKey.of(resource.path(), method.httpMethod());
    List<String> verbs =
        method.httpMethod().equals(ANY) ? SERVED_BY_ANY : List.of(method.httpMethod());
    return new MethodSnapshot(
        key,
        resource.id(),
        resource.path(),
        method.httpMethod(),
        authorization(method),
        method.apiKeyRequired() ? apiKeySource : null,
        settings(key, resource, method, verbs),
        validation,
        integration,
        integration.readsBody() || !validation.models().isEmpty(),
        // AWS: whether such answers are kept is not described. What one may see, another may not.
        integration.asCaller() ? Map.of() : CacheCompiler.caching(stage, resource, method, verbs));
  }

  /** A method of the root that has an authorizer and calls nothing. */
  static MethodSnapshot ofAuthorizer(RestApiRecord api, Authorization authorizer) {
    return new MethodSnapshot(
        MethodKey.of("/", "GET"),
        api.rootResourceId(),
        "/",
        "GET",
        authorizer,
        null,
        Map.of(),
        RequestValidation.NONE,
        new IntegrationSnapshot.Broken("an authorizer is tested, and no method"),
        false,
        Map.of());
  }

  private Map<String, MethodSettings> settings(
      String key, ResourceRecord resource, MethodRecord method, List<String> verbs) {
    Map<String, MethodSettings> settings = new HashMap<>();
    for (String verb : verbs) {
      settings.put(verb, settings(key, resource.path(), method.httpMethod(), verb));
    }
    return Map.copyOf(settings);
  }

  /**
   * AWS: requests to {@code ANY} go by the settings of their own HTTP method; source: reported,
   * https://github.com/DianaIonita/serverless-api-gateway-throttling, which throttles {@code ANY}
   * by settings of all seven. That those of {@code ANY} come next, and are for all its requests
   * together, is assumed.
   */
  private MethodSettings settings(String key, String path, String httpMethod, String verb) {
    String ofVerb = verb.equals(httpMethod) ? key : MethodKey.of(path, verb);
    MethodSetting own = stage.own(path, verb);
    MethodSetting setting = own == null ? stage.of(path, httpMethod) : own;
    return new MethodSettings(
        ofVerb,
        setting == null ? null : throttle(setting),
        own == null ? key : ofVerb,
        setting != null && setting.metricsEnabled(),
        setting == null
            ? ExecutionLogging.OFF
            : ExecutionLoggings.of(setting.loggingLevel(), setting.dataTraceEnabled()));
  }

  private Authorization authorization(MethodRecord method) {
    Refusal refusal = ClosedSettings.method(method, apiKeySource != null);
    if (refusal != null) {
      return new Authorization.Closed(refusal);
    }
    return switch (method.authorizationType()) {
      case "NONE" -> Authorization.Open.INSTANCE;
      case "AWS_IAM" -> Authorization.AwsIam.INSTANCE;
      default -> authorizers.of(method);
    };
  }

  /**
   * AWS: takes effect with a deployment, as an API's settings do; source: inferred. Null where it
   * is not understood.
   */
  private static @Nullable ApiKeySource apiKeySource(RestApiRecord api) {
    return switch (api.apiKeySource()) {
      case "HEADER" -> ApiKeySource.HEADER;
      case "AUTHORIZER" -> ApiKeySource.AUTHORIZER;
      default -> null;
    };
  }

  // AWS: -1 is no limit of the method's own; source: reported by users of Terraform, whose default
  // it is. Where the other one is limited, the account's takes its place: AWS's default.
  private static @Nullable ThrottleLimit throttle(MethodSetting setting) {
    double rate = setting.throttlingRateLimit();
    int burst = setting.throttlingBurstLimit();
    if (rate == NO_LIMIT && burst == NO_LIMIT) {
      return null;
    }
    return ThrottleLimit.of(
        rate == NO_LIMIT ? ACCOUNT_RATE : rate, burst == NO_LIMIT ? ACCOUNT_BURST : burst);
  }

  private RequestValidation validation(MethodRecord method) throws UnusableException {
    String id = method.requestValidatorId();
    if (id == null) {
      return RequestValidation.NONE;
    }
    RequestValidatorRecord validator = validators.get(id);
    if (validator == null) {
      throw new UnusableException("there is no validator " + id);
    }
    return new RequestValidation(
        validator.validateRequestParameters() ? RequestContract.required(method) : List.of(),
        validator.validateRequestBody() ? models.of(method) : Map.of());
  }
}
