package io.portico.gateway.control.v1;

import io.portico.gateway.control.domains.BasePaths;
import io.portico.gateway.control.domains.DomainMappings;
import io.portico.gateway.control.domains.MappingUse;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** What a base path mapping may be and refer to, and what refers to APIs and stages by one. */
final class BasePathRules {
  private static final String NONE = BasePathMappingRecord.NO_BASE_PATH;

  private BasePathRules() {}

  /**
   * A base path as it is stored.
   *
   * @param sent null or empty for the one that takes all other paths
   */
  // AWS: the text for a slash: reported by users of AWS's clients; the other one: assumed.
  static String basePath(@Nullable String sent) {
    if (sent == null || BasePaths.isNone(sent)) {
      return NONE;
    }
    if (sent.indexOf('/') >= 0) {
      throw ServiceException.badRequest(
          "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create"
              + " a multi-level base path mapping, use API Gateway V2.");
    }
    if (!BasePaths.isValid(sent)) {
      throw ServiceException.badRequest(
          "Invalid base path specified. A base path may only contain letters, numbers, and one of"
              + " $-_.+!*'()");
    }
    return sent;
  }

  /** A stage as it is stored: null where callers name it. */
  // AWS: source: documented, CreateBasePathMapping; that such a mapping replies no stage: assumed.
  static @Nullable String stage(@Nullable String sent) {
    return BasePaths.isNone(sent) ? null : sent;
  }

  // AWS: source: reported by users of AWS's clients.
  static void checkFree(RecordReader records, DomainNameRecord domain, String basePath) {
    if (DomainMappings.find(records, domain, basePath).isPresent()) {
      throw ServiceException.conflict(
          basePath.equals(NONE)
              ? "Only one base path mapping is allowed if the base path is empty."
              : "Base path already exists for this domain name");
    }
  }

  /** Whether an API may be deleted. */
  // AWS: source: reported by users of AWS's clients.
  static void checkUnmapped(RecordReader records, String apiId) {
    String domains = String.join(", ", MappingUse.ofApi(records, apiId));
    if (!domains.isEmpty()) {
      throw ServiceException.badRequest(
          "Deleting RestApi %s failed. Please remove all base path mappings related to the RestApi"
                  .formatted(apiId)
              + " in your domains: "
              + domains);
    }
  }

  /** Whether a stage may be deleted. */
  // AWS: source: reported by users of AWS's clients.
  static void checkUnmapped(RecordReader records, String apiId, String stageName) {
    String domains = String.join(", ", MappingUse.ofStage(records, apiId, stageName));
    if (!domains.isEmpty()) {
      throw ServiceException.badRequest(
          "Deleting stage %s failed. Please remove all base path mappings related to the stage in"
                  .formatted(stageName)
              + " your domains: "
              + domains);
    }
  }
}
