package io.portico.gateway.control.v1;

import io.portico.gateway.compile.AccessLogFormats;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.AccessLogRules;
import io.portico.gateway.control.rules.LoggingRole;
import io.portico.gateway.control.rules.StageVariables;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.model.StageRecord.MethodSetting;
import io.portico.gateway.store.RecordReader;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a stage may be and refer to. */
final class StageRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  static final Set<String> CACHE_SIZES =
      Set.of("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237");
  static final String DEFAULT_CACHE_SIZE = "0.5";

  private StageRules() {}

  // AWS: hyphens are taken although the text does not name them; source: documented, CreateStage,
  // and reported by users of AWS's clients.
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw ServiceException.badRequest("Stage name only allows a-zA-Z0-9_");
    }
  }

  /** Whether everything the stage holds is valid and everything it refers to is there. */
  static void check(RecordReader records, String apiId, StageRecord stage) {
    checkDeployment(records, apiId, stage.deploymentId());
    StageVariables.check(stage.variables());
    checkClientCertificate(records, apiId, stage.clientCertificateId());
    if (stage.cacheClusterSize() != null && !CACHE_SIZES.contains(stage.cacheClusterSize())) {
      throw ServiceException.badRequest("Invalid cacheClusterSize specified");
    }
    CanarySettings canary = stage.canarySettings();
    if (canary != null) {
      checkDeployment(records, apiId, canary.deploymentId());
      StageVariables.check(canary.stageVariableOverrides());
      if (!(canary.percentTraffic() >= 0 && canary.percentTraffic() <= 100)) {
        // AWS: the text is assumed.
        throw ServiceException.badRequest("Canary percentTraffic must be between 0.0 and 100.0");
      }
    }
  }

  // AWS: source: reported by users of Terraform.
  private static void checkDeployment(RecordReader records, String apiId, String deploymentId) {
    if (records.find(RecordTypes.DEPLOYMENT, apiId, deploymentId).isEmpty()) {
      throw ServiceException.badRequest("Deployment id does not exist");
    }
  }

  // A backend that trusts only who shows a certificate must not be called without one.
  private static void checkClientCertificate(
      RecordReader records, String apiId, @Nullable String certificateId) {
    if (certificateId != null
        && records
            .find(RecordTypes.API_SCOPE, "", apiId)
            .flatMap(
                scope -> records.find(RecordTypes.CLIENT_CERTIFICATE, scope.scope(), certificateId))
            .isEmpty()) {
      throw ServiceException.badRequest(ClientCertificates.UNKNOWN);
    }
  }

  /** Whether the lines of its access log can be as they are to be from now on. */
  static void checkAccessLog(StageRecord stage, StageRecord before) {
    String format = format(stage);
    if (format != null && !format.equals(format(before))) {
      AccessLogRules.checkLine(format);
      AccessLogRules.checkVariables(format, AccessLogFormats.Variables.OF_REST_API);
    }
  }

  private static @Nullable String format(StageRecord stage) {
    return stage.accessLogSettings() == null ? null : stage.accessLogSettings().format();
  }

  /** Whether what the stage is to log from now on may be logged. */
  static void checkLogging(
      RecordReader records, String scope, StageRecord stage, StageRecord before) {
    boolean more =
        stage.methodSettings().entrySet().stream()
            .anyMatch(
                entry -> {
                  MethodSetting known = before.methodSettings().get(entry.getKey());
                  String level = entry.getValue().loggingLevel();
                  return LoggingRole.isNeededFor(level)
                      && (known == null || !Objects.equals(level, known.loggingLevel()));
                });
    if (more) {
      LoggingRole.require(records, scope);
    }
  }

  /** Whether the documentation version that a stage is given is there. */
  // AWS: that it must be, and the text, are assumed.
  static void checkDocumentation(RecordReader records, String apiId, @Nullable String version) {
    if (version != null
        && records.find(RecordTypes.DOCUMENTATION_VERSION, apiId, version).isEmpty()) {
      throw ServiceException.badRequest("Invalid Documentation version specified");
    }
  }

  /** The cache cluster's status: there is none to wait for. */
  static String cacheStatus(boolean enabled) {
    return enabled ? "AVAILABLE" : "NOT_AVAILABLE";
  }
}
