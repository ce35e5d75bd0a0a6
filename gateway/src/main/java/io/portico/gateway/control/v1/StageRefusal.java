package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What UpdateStage says about a change it does not know: stages have a family of their own. */
final class StageRefusal implements PatchRefusal {
  // AWS: missing commas and blanks included; source: STG-06.
  private static final String KNOWN_PATHS =
      "/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize,"
          + " /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn,"
          + " /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled,"
          + " /{resourcePath}/{httpMethod}/logging/dataTrace,"
          + " /{resourcePath}/{httpMethod}/logging/loglevel,"
          + " /{resourcePath}/{httpMethod}/throttling/burstLimit"
          + "/{resourcePath}/{httpMethod}/throttling/rateLimit"
          + "/{resourcePath}/{httpMethod}/caching/ttlInSeconds,"
          + " /{resourcePath}/{httpMethod}/caching/enabled,"
          + " /{resourcePath}/{httpMethod}/caching/dataEncrypted,"
          + " /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl,"
          + " /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy,"
          + " /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel,"
          + " /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds,"
          + " /*/*/caching/enabled, /*/*/caching/dataEncrypted,"
          + " /*/*/caching/requireAuthorizationForCacheControl,"
          + " /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name},"
          + " /tracingEnabled";

  // AWS: a missing blank included; source: reported, issue 1823 of the AWS SDK for Java.
  private static final String KNOWN_SETTINGS =
      ".../metrics/enabled, .../logging/dataTrace, .../logging/loglevel,"
          + ".../throttling/burstLimit, .../throttling/rateLimit, .../caching/ttlInSeconds,"
          + " .../caching/enabled, .../caching/dataEncrypted,"
          + " .../caching/requireAuthorizationForCacheControl,"
          + " .../caching/unauthorizedCacheControlHeaderStrategy";

  /** A path that has a method's settings below it: what follows the method is the setting. */
  private static final Pattern BELOW_METHOD = Pattern.compile("/[^/].*/[^/]+/([^/]+/[^/]+)");

  private static final String ACCESS_LOG = "/accessLogSettings";

  @Override
  public ServiceException unknownPath(PatchOperation operation, PatchTable table) {
    String path = operation.path();
    if ("copy".equals(operation.op())) {
      return CanaryPatch.invalidCopy(operation);
    }
    if (path != null && (path.equals(ACCESS_LOG) || path.startsWith(ACCESS_LOG + "/"))) {
      return accessLog(operation.op(), path);
    }
    if ("remove".equals(operation.op()) && path != null && path.indexOf('/', 1) > 0) {
      return MethodSettingPatch.nothingToRemove(path.substring(1));
    }
    return unknownSetting(path);
  }

  static ServiceException unknownSetting(@Nullable String path) {
    return refused(path, KNOWN_PATHS);
  }

  private static ServiceException refused(@Nullable String path, String known) {
    return ServiceException.badRequest(
        "Invalid method setting path: " + path + ". Must be one of: [" + known + "]");
  }

  /** Whether a path that looks like one of a method's setting may be one. */
  static void checkSetting(String path) {
    if (path.startsWith(ACCESS_LOG + "/")) {
      throw accessLog("replace", path);
    }
    // AWS: a method must be named; source: reported, issue 15855 of Terraform's AWS provider.
    if (path.contains("//")) {
      throw unknownSetting(path);
    }
  }

  // AWS: source: STG-09.
  private static ServiceException accessLog(@Nullable String op, String path) {
    return "remove".equals(op)
        ? MethodSettingPatch.nothingToRemove(path.substring(1))
        : ServiceException.badRequest(
            "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn,"
                + " /accessLogSettings/format]");
  }

  @Override
  public ServiceException wrongOp(PatchOperation operation, Set<String> allowed, PatchTable table) {
    String path = operation.path();
    if (path != null && "replace".equals(operation.op()) && !path.startsWith(ACCESS_LOG + "/")) {
      Matcher setting = BELOW_METHOD.matcher(path);
      if (setting.matches()) {
        return refused(setting.group(1), KNOWN_SETTINGS);
      }
    }
    return unknownPath(operation, table);
  }
}
