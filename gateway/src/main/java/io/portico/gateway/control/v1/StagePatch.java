package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.setTexts;
import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.truth;

import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import tools.jackson.databind.node.ObjectNode;

/** What UpdateStage can change. */
final class StagePatch {
  static final PatchTable TABLE =
      PatchTable.refusing(new StageRefusal())
          .row("replace", "/deploymentId", "a deployment's id", StagePatch::deploymentId)
          .row(
              "copy",
              "/deploymentId",
              "from /canarySettings/deploymentId",
              CanaryPatch::promoteDeployment)
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .row(
              "replace",
              "/cacheClusterEnabled",
              "true; else false",
              change -> enableCache(change.record(), change.truth()))
          .row(
              "replace", "/cacheClusterSize", "a size in GB, such as 0.5", text("cacheClusterSize"))
          .row(
              "replace",
              "/clientCertificateId",
              "a client certificate's id; empty unsets",
              text("clientCertificateId"))
          .row(
              "replace",
              "/documentationVersion",
              "a documentation version; empty unsets",
              text("documentationVersion"))
          .row("replace", "/tracingEnabled", "true; else false", truth("tracingEnabled"))
          .row(
              "replace remove",
              "/variables/{key}",
              "the stage variable's value",
              StagePatch::variable)
          .row(
              "replace remove",
              "/variables",
              "all stage variables, as JSON: {\"name\": \"value\"}",
              change -> setTexts(change.record(), "variables", change))
          .row(
              "copy",
              "/variables",
              "from /canarySettings/stageVariableOverrides",
              CanaryPatch::promoteOverrides)
          .row(
              "add replace",
              "/accessLogSettings/destinationArn",
              "the ARN of a log group or delivery stream",
              accessLog("destinationArn"))
          .row(
              "add replace",
              "/accessLogSettings/format",
              "a line with $context variables",
              accessLog("format"))
          .row(
              "remove",
              "/accessLogSettings",
              "none",
              change -> change.record().remove("accessLogSettings"))
          .row("remove", "/canarySettings", "none", CanaryPatch::remove)
          .row(
              "replace",
              "/canarySettings/deploymentId",
              "a deployment's id",
              CanaryPatch::deploymentId)
          .row(
              "replace",
              "/canarySettings/percentTraffic",
              "from 0 to 100",
              CanaryPatch::percentTraffic)
          .row(
              "replace",
              "/canarySettings/useStageCache",
              "true; else false",
              CanaryPatch::useStageCache)
          .row(
              "replace remove",
              "/canarySettings/stageVariableOverrides/{key}",
              "the variable's value for the canary",
              CanaryPatch::override)
          .row(
              "replace",
              "/canarySettings/stageVariableOverrides",
              "all variables of the canary, as JSON: {\"name\": \"value\"}",
              CanaryPatch::overrides)
          .row(
              "replace",
              "/methodSettings",
              "the settings of all methods, as JSON: {\"*/*\": {\"metricsEnabled\": true}}",
              MethodSettingPatch::all)
          // AWS: takes /accessLogSettings/destinationArn for a method's settings; source: STG-09.
          .row("remove", "/{resourcePath+}/{httpMethod}", "none", MethodSettingPatch::remove)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/metrics/enabled",
              "true; else false",
              MethodSettingPatch::metricsEnabled)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/logging/dataTrace",
              "true; else false",
              MethodSettingPatch::dataTrace)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/logging/loglevel",
              "OFF, ERROR or INFO",
              MethodSettingPatch::logLevel)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/throttling/burstLimit",
              "requests at once; -1 for no limit of its own",
              MethodSettingPatch::burstLimit)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/throttling/rateLimit",
              "requests per second; -1 for no limit of its own",
              MethodSettingPatch::rateLimit)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/caching/enabled",
              "true; else false",
              MethodSettingPatch::cachingEnabled)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/caching/ttlInSeconds",
              "from 0 to 3600",
              MethodSettingPatch::ttlInSeconds)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/caching/dataEncrypted",
              "true; else false",
              MethodSettingPatch::dataEncrypted)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/caching/requireAuthorizationForCacheControl",
              "true; else false",
              MethodSettingPatch::requireAuthorization)
          .row(
              "replace",
              "/{resourcePath+}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy",
              "FAIL_WITH_403, SUCCEED_WITH_RESPONSE_HEADER or SUCCEED_WITHOUT_RESPONSE_HEADER",
              MethodSettingPatch::unauthorizedStrategy)
          .build();

  private StagePatch() {}

  private static void deploymentId(PatchChange change) {
    change.record().put("deploymentId", change.text());
  }

  /** Switches the cache cluster, which has a size as soon as it is on. */
  static void enableCache(ObjectNode stage, boolean enabled) {
    stage.put("cacheClusterEnabled", enabled);
    stage.put("cacheClusterStatus", StageRules.cacheStatus(enabled));
    if (enabled && !stage.hasNonNull("cacheClusterSize")) {
      stage.put("cacheClusterSize", StageRules.DEFAULT_CACHE_SIZE);
    }
  }

  // AWS: replace creates; source: STG-07. Removing what is not there is no error: assumed.
  private static void variable(PatchChange change) {
    ObjectNode variables = object(change.record(), "variables");
    if (change.removes()) {
      variables.remove(change.name("key"));
    } else {
      variables.put(change.name("key"), change.text());
    }
    if (variables.isEmpty()) {
      change.record().remove("variables");
    }
  }

  // AWS: source: STG-08, STG-10.
  private static PatchEdit accessLog(String member) {
    return change -> {
      if (change.text().isEmpty()) {
        throw ServiceException.badRequest("Access Log value must not be empty");
      }
      object(change.record(), "accessLogSettings").put(member, change.text());
    };
  }
}
