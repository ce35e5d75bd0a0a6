package io.portico.gateway.compile;

import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.MethodSetting;
import io.portico.gateway.snapshot.CacheCluster;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.ResponseCaching;
import io.portico.gateway.snapshot.ResponseCaching.Unauthorized;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what is cached of a stage: its cluster, and which answers of its methods.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html">API
 *     caching</a>
 */
final class CacheCompiler {
  private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1L << 30);
  private static final String OF_METHOD = "method.request.";
  private static final String REQUEST_OVERRIDE = "requestOverride";

  private CacheCompiler() {}

  /**
   * The cluster that a release of a stage uses, or null where it uses none.
   *
   * <p>AWS: a canary with another deployment than the stage's has answers of its own there, one
   * with the same shares them; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html. So are
   * answers of the deployment before out of reach of the next; that is inferred.
   */
  static @Nullable CacheCluster cluster(StageRecord stage, StageRelease release) {
    String size = stage.cacheClusterSize();
    String deploymentId = release.deploymentId();
    if (!stage.cacheClusterEnabled() || !release.cached() || size == null || deploymentId == null) {
      return null;
    }
    return new CacheCluster(new BigDecimal(size).multiply(GIGABYTE).longValue(), deploymentId);
  }

  /**
   * What is cached of a method, by the HTTP method of the client; empty for nothing.
   *
   * @param verbs that the method serves
   */
  static Map<String, ResponseCaching> caching(
      StageSettings settings, ResourceRecord resource, MethodRecord method, List<String> verbs) {
    IntegrationRecord integration = method.methodIntegration();
    // AWS: what is streamed is not cached; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
    if (!settings.cacheClusterEnabled()
        || integration == null
        || "STREAM".equals(integration.responseTransferMode())) {
      return Map.of();
    }
    Map<String, ResponseCaching> caching = new HashMap<>();
    List<ParameterSource> sources = null;
    for (String verb : verbs) {
      MethodSetting setting = setting(settings, resource.path(), method.httpMethod(), verb);
      if (setting != null && setting.cachingEnabled() && setting.cacheTtlInSeconds() > 0) {
        sources = sources == null ? keySources(integration) : sources;
        if (sources == null) {
          return Map.of();
        }
        caching.put(verb, caching(setting, resource, integration, sources));
      }
    }
    return Map.copyOf(caching);
  }

  /**
   * AWS: the settings of all methods cache GET only, others by their own settings; source:
   * documented, see the class. That requests to {@code ANY} go by the settings of their own HTTP
   * method is reported by users of Serverless; that those of {@code ANY} itself are for GET is
   * assumed.
   */
  private static @Nullable MethodSetting setting(
      StageSettings settings, String path, String httpMethod, String verb) {
    MethodSetting own = settings.own(path, verb);
    if (own != null || !verb.equals("GET")) {
      return own;
    }
    return settings.of(path, httpMethod);
  }

  private static ResponseCaching caching(
      MethodSetting setting,
      ResourceRecord resource,
      IntegrationRecord integration,
      List<ParameterSource> sources) {
    String namespace = integration.cacheNamespace();
    Integer timeout = integration.timeoutInMillis();
    return new ResponseCaching(
        TimeUnit.SECONDS.toNanos(setting.cacheTtlInSeconds()),
        integration.type(),
        // AWS: the resource's id where there is none; source: documented,
        // https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
        namespace == null || namespace.isEmpty() ? resource.id() : namespace,
        keyParameters(integration),
        sources,
        readsRequestOverrides(integration),
        setting.requireAuthorizationForCacheControl(),
        unauthorized(setting.unauthorizedCacheControlHeaderStrategy()),
        TimeUnit.MILLISECONDS.toNanos(
            timeout == null ? IntegrationRecord.DEFAULT_TIMEOUT : Math.max(timeout, 1)));
  }

  private static boolean readsRequestOverrides(IntegrationRecord integration) {
    Map<String, IntegrationResponseRecord> responses = integration.integrationResponses();
    return responses != null
        && responses.values().stream()
            .map(IntegrationResponseRecord::responseTemplates)
            .filter(Objects::nonNull)
            .flatMap(templates -> templates.values().stream())
            .anyMatch(template -> template != null && template.contains(REQUEST_OVERRIDE));
  }

  private static Unauthorized unauthorized(String configured) {
    return switch (configured) {
      case "SUCCEED_WITH_RESPONSE_HEADER" -> Unauthorized.SUCCEED_WITH_RESPONSE_HEADER;
      case "SUCCEED_WITHOUT_RESPONSE_HEADER" -> Unauthorized.SUCCEED_WITHOUT_RESPONSE_HEADER;
      default -> Unauthorized.FAIL_WITH_403;
    };
  }

  private static List<String> keyParameters(IntegrationRecord integration) {
    List<String> names = integration.cacheKeyParameters();
    return names == null ? List.of() : List.copyOf(names);
  }

  /**
   * Where the values of a key come from, or null if that is not known of one of them: then nothing
   * is cached, as requests that are to be told apart could not be.
   */
  private static @Nullable List<ParameterSource> keySources(IntegrationRecord integration) {
    List<ParameterSource> sources = new ArrayList<>();
    for (String name : keyParameters(integration)) {
      ParameterSource source = keySource(name, integration);
      if (source == null) {
        return null;
      }
      sources.add(source);
    }
    return List.copyOf(sources);
  }

  private static @Nullable ParameterSource keySource(String name, IntegrationRecord integration) {
    Map<String, String> mapped = integration.requestParameters();
    boolean ofMethod = name.startsWith(OF_METHOD);
    String expression = ofMethod ? name : mapped == null ? null : mapped.get(name);
    if (expression == null) {
      return null;
    }
    try {
      ParameterSource source = ParameterExpressions.source(expression);
      return isUnknown(source) || (ofMethod && source instanceof ParameterSource.RequestBody)
          ? null
          : source;
    } catch (InvalidExpressionException e) {
      return null;
    }
  }

  private static boolean isUnknown(ParameterSource source) {
    return source instanceof ParameterSource.Context context && context.variable() == null;
  }
}
