package io.portico.gateway.control.v2.rules;

import io.portico.gateway.compile.AccessLogFormats;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.AccessLogRules;
import io.portico.gateway.control.rules.LoggingRole;
import io.portico.gateway.control.rules.StageVariables;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.AccessLogSettings;
import io.portico.gateway.model.v2.StageRecord.RouteSettings;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a stage may be, by its API's protocol. */
public final class StageRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final Pattern LOG_GROUP =
      Pattern.compile("arn:aws[a-z-]*:logs:[^:]+:[^:]+:log-group:[a-zA-Z0-9_/.#-]+(?::\\*)?");
  private static final Pattern ARN = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)");
  private static final Pattern REQUEST_ID =
      Pattern.compile("\\$context\\.(?:requestId|extendedRequestId)\\b");

  private StageRules() {}

  // AWS: hyphens are taken although the text does not name them; source: documented, CreateStage.
  // The text: reported, https://github.com/badmintoncryer/cdk-preflight.
  public static void checkName(ApiRecord api, String name) {
    boolean bare = api.isHttp() && name.equals(StageRecord.DEFAULT);
    if (!bare && !NAME.matcher(name).matches()) {
      throw ServiceException.badRequest("Stage name only allows a-zA-Z0-9_");
    }
  }

  /**
   * @throws ServiceException if it is not one that AWS takes
   */
  public static void check(ApiRecord api, StageRecord stage) {
    if (api.isHttp()) {
      Protocols.refuseForHttp("ClientCertificateId", stage.clientCertificateId());
    }
    StageVariables.check(stage.stageVariables());
    check(api, stage.defaultRouteSettings());
    stage.routeSettings().values().forEach(settings -> check(api, settings));
    AccessLogSettings log = stage.accessLogSettings();
    if (log != null) {
      checkDestination(log.destinationArn());
      checkFormat(log.format());
    }
  }

  /** Whether its access log has the variables that it is to have. */
  public static void checkLoggedVariables(ApiRecord api, StageRecord stage) {
    AccessLogSettings log = stage.accessLogSettings();
    if (log != null && log.format() != null) {
      AccessLogRules.checkVariables(
          log.format(),
          api.isHttp()
              ? AccessLogFormats.Variables.OF_HTTP_API
              : AccessLogFormats.Variables.OF_WEBSOCKET_API);
    }
  }

  /** Whether any of its routes is to have execution logs. */
  public static boolean logs(StageRecord stage) {
    return LoggingRole.isNeededFor(stage.defaultRouteSettings().loggingLevel())
        || stage.routeSettings().values().stream()
            .anyMatch(settings -> LoggingRole.isNeededFor(settings.loggingLevel()));
  }

  // AWS: the first text: reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/issues/14010; the others are assumed.
  private static void check(ApiRecord api, RouteSettings settings) {
    if (api.isHttp()
        && (settings.loggingLevel() != null || Boolean.TRUE.equals(settings.dataTraceEnabled()))) {
      throw ServiceException.badRequest("Execution logs are not supported on protocolType HTTP");
    }
    Integer burst = settings.throttlingBurstLimit();
    if (burst != null && burst < 0) {
      throw ServiceException.badRequest("Invalid throttlingBurstLimit specified: " + burst);
    }
    Double rate = settings.throttlingRateLimit();
    if (rate != null && !(rate >= 0)) {
      throw ServiceException.badRequest("Invalid throttlingRateLimit specified: " + rate);
    }
  }

  // AWS: what is no log group is told so; source: reported,
  // https://github.com/badmintoncryer/cdk-preflight. What is no ARN: assumed.
  private static void checkDestination(@Nullable String arn) {
    if (arn == null || !LOG_GROUP.matcher(arn).matches()) {
      Matcher parts = ARN.matcher(arn == null ? "" : arn);
      throw ServiceException.badRequest(
          "Access log destination must only contain characters a-z, A-Z, 0-9, '_', '-', '/', '.': '%s'"
              .formatted(parts.matches() ? parts.group(1) : arn));
    }
  }

  // AWS: source: as above.
  private static void checkFormat(@Nullable String format) {
    if (format == null || !REQUEST_ID.matcher(format).find()) {
      throw ServiceException.badRequest(
          "The following errors are found in Access Log Format: Access Log format must include"
              + " either $context.requestId or $context.extendedRequestId : '%s'"
                  .formatted(format));
    }
  }

  /** Whether there is a route for each of the settings. */
  // AWS: source: reported by users of AWS's clients,
  // https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/pull/80; that all settings
  // of a stage are looked at, old ones too, is reported as well.
  public static void checkRouteKeys(
      Map<String, RouteSettings> settings, Collection<String> routeKeys) {
    Set<String> known = Set.copyOf(routeKeys);
    for (String key : new TreeMap<>(settings).keySet()) {
      if (!known.contains(key)) {
        throw unknownKey(key);
      }
    }
  }

  public static ServiceException unknownKey(String routeKey) {
    return ServiceException.notFound(
        "Unable to find Route by key " + routeKey + " within the provided RouteSettings");
  }
}
