package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.AccessLogSettings;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.model.StageRecord.MethodSetting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What of an API {@linkplain Quota AWS's quotas} bound. */
public final class ApiQuotas {
  /** Milliseconds of an integration. */
  private static final int SHORTEST_TIMEOUT = 50;

  private final Quotas quotas;

  public ApiQuotas(Quotas quotas) {
    this.quotas = quotas;
  }

  /**
   * Whether an API as a whole keeps within them, the timeouts of its integrations apart.
   *
   * @return what AWS would refuse and Portico does not
   */
  public List<String> check(ApiDefinition definition) {
    RestApiRecord api = definition.api();
    List<String> warnings = new ArrayList<>();
    checkResources(api.id(), definition.resources().size()).ifPresent(warnings::add);
    quotas
        .check(Quota.AUTHORIZERS, owner(api.id()), definition.authorizers().size())
        .ifPresent(warnings::add);
    quotas
        .check(Quota.REQUEST_VALIDATORS, owner(api.id()), definition.requestValidators().size())
        .ifPresent(warnings::add);
    check(api, warnings);
    definition.models().forEach(model -> check(model, warnings));
    definition.gatewayResponses().forEach(response -> check(response, warnings));
    for (ResourceRecord resource : definition.resources()) {
      for (MethodRecord method : resource.methods().values()) {
        if (method.methodIntegration() != null) {
          checkTemplates(
              method.methodIntegration(), method.httpMethod() + " " + resource.path(), warnings);
        }
      }
    }
    return warnings;
  }

  /** Whether an API may have so many resources. */
  public Optional<String> checkResources(String apiId, long count) {
    return quotas.check(Quota.RESOURCES, owner(apiId), count);
  }

  /** Whether an API may have so many request validators. */
  public void checkRequestValidators(String apiId, LongSupplier count) {
    quotas.check(Quota.REQUEST_VALIDATORS, owner(apiId), count);
  }

  /** Whether an API may have so many documentation parts. */
  public void checkDocumentationParts(String apiId, LongSupplier count) {
    quotas.check(Quota.DOCUMENTATION_PARTS, owner(apiId), count);
  }

  /** The same, where that is known. */
  public Optional<String> checkDocumentationParts(String apiId, long count) {
    return quotas.check(Quota.DOCUMENTATION_PARTS, owner(apiId), count);
  }

  private static String owner(String apiId) {
    return "API " + apiId;
  }

  public void checkPolicy(RestApiRecord api) {
    check(api, new ArrayList<>());
  }

  private void check(RestApiRecord api, List<String> warnings) {
    if (api.policy() != null) {
      quotas
          .value(Quota.POLICY_LENGTH, "The policy of " + owner(api.id()), api.policy().length())
          .ifPresent(warnings::add);
    }
  }

  public void check(ModelRecord model) {
    check(model, new ArrayList<>());
  }

  private void check(ModelRecord model, List<String> warnings) {
    quotas
        .value(Quota.MODEL_SIZE, "The schema of model " + model.name(), bytes(model.schema()))
        .ifPresent(warnings::add);
  }

  /** Templates of a gateway response. */
  public void check(GatewayResponseRecord response) {
    check(response, new ArrayList<>());
  }

  private void check(GatewayResponseRecord response, List<String> warnings) {
    checkTemplates(
        response.responseTemplates(), "gateway response " + response.responseType(), warnings);
  }

  /**
   * Timeout of an integration, templates of it and of its responses.
   *
   * @param method whose it is, in words
   */
  public void check(IntegrationRecord integration, String method) {
    Optional<String> _ = checkTimeout(integration, method);
    checkTemplates(integration, method, new ArrayList<>());
  }

  /**
   * Whether an integration may take the time that it says.
   *
   * @param method whose it is, in words
   * @return what AWS would say, where that is no more than a warning
   */
  public Optional<String> checkTimeout(IntegrationRecord integration, String method) {
    Integer timeout = integration.timeoutInMillis();
    if (timeout == null) {
      return Optional.empty();
    }
    Quota longest =
        IntegrationRules.streamed(integration)
            ? Quota.STREAMING_TIMEOUT
            : Quota.INTEGRATION_TIMEOUT;
    if (timeout < SHORTEST_TIMEOUT) {
      throw ServiceException.badRequest(invalidTimeout(quotas.setting(longest).limit()));
    }
    return quotas.value(longest, "The timeout of " + method, timeout, ApiQuotas::invalidTimeout);
  }

  // AWS: source: reported by users of AWS's clients.
  private static String invalidTimeout(long longest) {
    return "Timeout should be between %d ms and %d ms".formatted(SHORTEST_TIMEOUT, longest);
  }

  private void checkTemplates(IntegrationRecord integration, String method, List<String> warnings) {
    checkTemplates(integration.requestTemplates(), method, warnings);
    if (integration.integrationResponses() != null) {
      for (IntegrationResponseRecord response : integration.integrationResponses().values()) {
        checkTemplates(response.responseTemplates(), method, warnings);
      }
    }
  }

  /** Templates, by content type or key. */
  public void checkTemplates(
      @Nullable Map<String, ? extends @Nullable String> templates, String owner) {
    checkTemplates(templates, owner, new ArrayList<>());
  }

  private void checkTemplates(
      @Nullable Map<String, ? extends @Nullable String> templates,
      String owner,
      List<String> warnings) {
    if (templates != null) {
      templates.forEach(
          (type, template) ->
              quotas
                  .value(
                      Quota.TEMPLATE_SIZE,
                      "The template %s of %s".formatted(type, owner),
                      bytes(template))
                  .ifPresent(warnings::add));
    }
  }

  private static long bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether an API may have so many stages. */
  public void checkStages(String apiId, LongSupplier count) {
    quotas.check(Quota.STAGES, owner(apiId), count);
  }

  /**
   * A stage: its variables and a canary's, its settings.
   *
   * @param before what it was, or null for a new one
   */
  public void check(StageRecord stage, @Nullable StageRecord before, String apiId) {
    String owner = "stage %s of %s".formatted(stage.stageName(), owner(apiId));
    checkVariables(stage.variables(), before == null ? null : before.variables(), owner);
    checkVariables(overrides(stage), overrides(before), owner);
    AccessLogSettings log = stage.accessLogSettings();
    checkAccessLogFormat(log == null ? null : log.format(), owner);
    Map<String, MethodSetting> settings = stage.methodSettings();
    if (settings != null) {
      settings.forEach((method, setting) -> checkCacheTtl(setting, method, owner));
    }
  }

  /** How long the format of an access log's lines may be. */
  public void checkAccessLogFormat(@Nullable String format, String owner) {
    Optional<String> _ =
        quotas.value(
            Quota.ACCESS_LOG_FORMAT_SIZE, "The access log format of " + owner, bytes(format));
  }

  private void checkCacheTtl(MethodSetting setting, String method, String owner) {
    Optional<String> _ =
        quotas.value(
            Quota.CACHE_TTL,
            "The cache TTL of %s of %s".formatted(method, owner),
            setting.cacheTtlInSeconds(),
            longest -> invalidCacheTtl("/" + method + "/caching/ttlInSeconds", longest));
  }

  /**
   * The refusal of a time for which a method's answers cannot be cached.
   *
   * @param path by which it is patched
   */
  // AWS: the text is assumed.
  public static String invalidCacheTtl(String path, long longest) {
    return "Invalid value for " + path + ". Must be a whole number from 0 to " + longest;
  }

  /** Whether a resource may have so many tags. */
  public void checkTags(String owner, long count) {
    Optional<String> _ = quotas.check(Quota.TAGS, owner, count);
  }

  /** Keys and values of tags. */
  public void checkTags(Map<String, String> tags, String owner) {
    tags.forEach(
        (key, value) -> {
          Optional<String> _ =
              quotas.value(
                  Quota.TAG_KEY_LENGTH,
                  "Tag key of " + owner,
                  key.length(),
                  longest -> "Invalid tag key: " + key);
          Optional<String> _ =
              quotas.value(
                  Quota.TAG_VALUE_LENGTH,
                  "Tag value of " + owner,
                  value.length(),
                  longest -> "Invalid tag value for key: " + key);
        });
  }

  private static @Nullable Map<String, String> overrides(@Nullable StageRecord stage) {
    CanarySettings canary = stage == null ? null : stage.canarySettings();
    return canary == null ? null : canary.stageVariableOverrides();
  }

  /**
   * Variables of a stage. Those that become no more are counted no more: some can be taken away at
   * any time.
   *
   * @param before what they were, or null
   */
  public void checkVariables(
      @Nullable Map<String, String> variables, @Nullable Map<String, String> before, String owner) {
    if (variables == null) {
      return;
    }
    if (before == null || variables.size() > before.size()) {
      Optional<String> _ = quotas.check(Quota.STAGE_VARIABLES, owner, variables.size());
    }
    variables.forEach(
        (name, value) -> {
          Optional<String> _ =
              quotas.value(
                  Quota.STAGE_VARIABLE_NAME_LENGTH, "Stage variable name " + name, name.length());
          Optional<String> _ =
              quotas.value(
                  Quota.STAGE_VARIABLE_VALUE_LENGTH,
                  "Stage variable value of " + name,
                  value.length());
        });
  }
}
