package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.model.StageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The method settings of a stage: {@code /<resource path>/<METHOD>/<group>/<name>}. The resource
 * path and method, as sent and without the leading slash, are the setting's key.
 */
final class MethodSettingPatch {
  private static final Set<String> LOG_LEVELS = Set.of("OFF", "ERROR", "INFO");
  private static final Set<String> STRATEGIES =
      Set.of("FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER");
  private static final String STRATEGY =
      "FAIL_WITH_403, SUCCEED_WITH_RESPONSE_HEADER or SUCCEED_WITHOUT_RESPONSE_HEADER";
  private static final String MEMBER = "methodSettings";

  // AWS: source: documented, MethodSetting.
  private static final Map<String, String> PATHS =
      Map.ofEntries(
          Map.entry("metricsEnabled", "metrics/enabled"),
          Map.entry("dataTraceEnabled", "logging/dataTrace"),
          Map.entry("loggingLevel", "logging/loglevel"),
          Map.entry("throttlingBurstLimit", "throttling/burstLimit"),
          Map.entry("throttlingRateLimit", "throttling/rateLimit"),
          Map.entry("cachingEnabled", "caching/enabled"),
          Map.entry("cacheTtlInSeconds", "caching/ttlInSeconds"),
          Map.entry("cacheDataEncrypted", "caching/dataEncrypted"),
          Map.entry(
              "requireAuthorizationForCacheControl", "caching/requireAuthorizationForCacheControl"),
          Map.entry(
              "unauthorizedCacheControlHeaderStrategy",
              "caching/unauthorizedCacheControlHeaderStrategy"));

  private MethodSettingPatch() {}

  static void metricsEnabled(PatchChange change) {
    setting(change).put("metricsEnabled", change.truth());
  }

  static void dataTrace(PatchChange change) {
    setting(change).put("dataTraceEnabled", change.truth());
  }

  static void logLevel(PatchChange change) {
    require(LOG_LEVELS.contains(change.text()), change, "OFF, ERROR or INFO");
    setting(change).put("loggingLevel", change.text());
  }

  static void burstLimit(PatchChange change) {
    int limit = change.integer(invalid(change, "a whole number"));
    require(limit >= -1, change, "a whole number");
    setting(change).put("throttlingBurstLimit", limit);
  }

  static void rateLimit(PatchChange change) {
    double limit = change.number(invalid(change, "a number"));
    require(limit >= -1, change, "a number");
    setting(change).put("throttlingRateLimit", limit);
  }

  static void cachingEnabled(PatchChange change) {
    setting(change).put("cachingEnabled", change.truth());
  }

  // How long it may be is a quota, which is looked at once the stage is whole.
  static void ttlInSeconds(PatchChange change) {
    String refusal = ApiQuotas.invalidCacheTtl(path(change), Quota.CACHE_TTL.standard());
    int seconds = change.integer(refusal);
    if (seconds < 0) {
      throw ServiceException.badRequest(refusal);
    }
    setting(change).put("cacheTtlInSeconds", seconds);
  }

  static void dataEncrypted(PatchChange change) {
    setting(change).put("cacheDataEncrypted", change.truth());
  }

  static void requireAuthorization(PatchChange change) {
    setting(change).put("requireAuthorizationForCacheControl", change.truth());
  }

  static void unauthorizedStrategy(PatchChange change) {
    require(STRATEGIES.contains(change.text()), change, STRATEGY);
    setting(change).put("unauthorizedCacheControlHeaderStrategy", change.text());
  }

  /**
   * Replaces the settings of all methods by those of a JSON object, keyed as a stage shows them.
   */
  // AWS: in its table of patch operations; that the value is JSON is assumed, from
  // PatchOperation.value.
  static void all(PatchChange change) {
    List<PatchOperation> each = new ArrayList<>();
    for (Map.Entry<String, JsonNode> method : change.json(change::invalidValue).properties()) {
      if (!(method.getValue() instanceof ObjectNode settings)) {
        throw change.invalidValue();
      }
      for (Map.Entry<String, JsonNode> setting : settings.properties()) {
        if (!setting.getValue().isValueNode()) {
          throw change.invalidValue();
        }
        String path = PATHS.get(setting.getKey());
        if (path == null) {
          throw StageRefusal.unknownSetting("/" + method.getKey() + "/" + setting.getKey());
        }
        each.add(
            new PatchOperation(
                "replace",
                "/" + method.getKey() + "/" + path,
                setting.getValue().asString(),
                null));
      }
    }
    ObjectNode stage = change.record().deepCopy();
    stage.putObject(MEMBER);
    change.record().set(MEMBER, StagePatch.TABLE.apply(stage, each).get(MEMBER));
  }

  /** Removes the settings of a method, or of all. */
  // AWS: source: STG-05.
  static void remove(PatchChange change) {
    ObjectNode settings = PatchEdits.object(change.record(), MEMBER);
    if (settings.remove(key(change)) == null) {
      throw nothingToRemove(key(change));
    }
  }

  // AWS: with a blank at the end; source: STG-05, STG-09.
  static ServiceException nothingToRemove(String path) {
    return ServiceException.badRequest(
        "Cannot remove method setting "
            + path
            + " because there is no method setting for this method ");
  }

  // AWS: a new entry starts with the defaults, or with what holds for all methods at that moment;
  // source: STG-02, STG-04.
  private static ObjectNode setting(PatchChange change) {
    StageRefusal.checkSetting(path(change));
    ObjectNode settings = PatchEdits.object(change.record(), MEMBER);
    String key = key(change);
    if (settings.get(key) instanceof ObjectNode present) {
      return present;
    }
    ObjectNode created =
        settings.get(StageRecord.ALL_METHODS) instanceof ObjectNode general
            ? general.deepCopy()
            : defaults(settings);
    settings.set(key, created);
    return created;
  }

  private static ObjectNode defaults(ObjectNode settings) {
    ObjectNode created = settings.objectNode();
    created.put("metricsEnabled", false);
    created.put("dataTraceEnabled", false);
    created.put("throttlingBurstLimit", ThrottleSettings.AWS.burstLimit());
    created.put("throttlingRateLimit", ThrottleSettings.AWS.rateLimit());
    created.put("cachingEnabled", false);
    created.put("cacheTtlInSeconds", 300);
    created.put("cacheDataEncrypted", false);
    created.put("requireAuthorizationForCacheControl", true);
    created.put("unauthorizedCacheControlHeaderStrategy", "SUCCEED_WITH_RESPONSE_HEADER");
    return created;
  }

  // AWS: the key keeps the path's escapes, and its slashes where they are not escaped; source:
  // STG-03, and reported by users of Terraform (~1some~1path/POST, count/cached/GET).
  private static String key(PatchChange change) {
    String path = path(change);
    int end = path.length();
    if (!change.removes()) {
      end = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
    }
    return path.substring(1, end);
  }

  private static String path(PatchChange change) {
    String path = change.operation().path();
    if (path == null) {
      throw new IllegalStateException("a row matched no path");
    }
    return path;
  }

  private static void require(boolean valid, PatchChange change, String expected) {
    if (!valid) {
      throw ServiceException.badRequest(invalid(change, expected));
    }
  }

  // AWS: the text is assumed.
  private static String invalid(PatchChange change, String expected) {
    return "Invalid value for " + change.operation().path() + ". Must be " + expected;
  }
}
