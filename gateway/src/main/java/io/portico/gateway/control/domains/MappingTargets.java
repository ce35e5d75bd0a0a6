package io.portico.gateway.control.domains;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What mappings and routing rules may lead to. */
public final class MappingTargets {
  private static final String REGIONAL = "REGIONAL";

  private MappingTargets() {}

  /**
   * Refuses an API or a stage that is not there, or not of the domain name's kind.
   *
   * @param stage null where callers name it
   * @throws ServiceException in AWS's words
   */
  public static void check(
      RecordReader records,
      Caller caller,
      DomainNameRecord domain,
      String apiId,
      @Nullable String stage) {
    if (records.find(V2RecordTypes.API, caller.scope(), apiId).isPresent()) {
      checkStage(records, V2RecordTypes.STAGE, apiId, stage);
      checkRegional(domain);
    } else {
      checkRest(records, caller, domain, apiId, stage);
    }
  }

  /** The same where it must be a REST API. */
  // AWS: the texts of kinds are assumed.
  public static void checkRest(
      RecordReader records,
      Caller caller,
      DomainNameRecord domain,
      String apiId,
      @Nullable String stage) {
    RestApiRecord api =
        records
            .find(RecordTypes.REST_API, caller.scope(), apiId)
            .orElseThrow(() -> UnknownApi.named(caller, apiId));
    checkStage(records, RecordTypes.STAGE, apiId, stage);
    boolean isPrivate = api.endpointConfiguration().types().contains(EndpointRules.PRIVATE);
    if (isPrivate != domain.privateOnly()) {
      throw ServiceException.badRequest(
          isPrivate
              ? "Private APIs can be mapped to private custom domain names only"
              : "Only private APIs can be mapped to private custom domain names");
    }
  }

  // AWS: the text: reported by users of AWS's clients.
  private static void checkStage(
      RecordReader records, RecordType<?> type, String apiId, @Nullable String stage) {
    if (stage != null && records.find(type, apiId, stage).isEmpty()) {
      throw ServiceException.badRequest("Invalid stage identifier specified");
    }
  }

  /** Refuses a domain name that is changed to what its mappings cannot stand behind. */
  // AWS: that it is looked at with a change as it is with a mapping is assumed.
  public static void checkMappings(
      RecordReader records, DomainNameRecord domain, DomainNameRecord before) {
    if (domain.securityPolicy().equals(before.securityPolicy())
        && types(domain).equals(types(before))) {
      return;
    }
    for (BasePathMappingRecord mapping : DomainMappings.of(records, domain)) {
      if (records.find(V2RecordTypes.API, domain.scope(), mapping.restApiId()).isPresent()) {
        checkRegional(domain);
      }
    }
  }

  // AWS: HTTP and WebSocket APIs stand behind regional domain names with TLS 1.2, and no enhanced
  // security policy; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html and
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html.
  // The first text: reported by users of AWS's clients; the second is assumed.
  private static void checkRegional(DomainNameRecord domain) {
    if (!types(domain).contains(REGIONAL)) {
      throw ServiceException.badRequest("Only REST APIs can be attached to EDGE domain names.");
    }
    if (!DomainNameRules.DEFAULT_SECURITY_POLICY.equals(domain.securityPolicy())) {
      throw ServiceException.badRequest(
          "HTTP and WebSocket APIs can be mapped to domain names with the security policy TLS_1_2"
              + " only");
    }
  }

  private static List<String> types(DomainNameRecord domain) {
    return domain.endpointConfiguration().types();
  }

  /**
   * Whether a mapping can stand beside the others of its domain name.
   *
   * @param before what it replaces, or null
   * @throws ServiceException in AWS's words
   */
  // AWS: WebSocket APIs share a domain name with none of another kind; source: documented, as
  // above. The text is assumed.
  public static void checkCompany(
      RecordReader records,
      DomainNameRecord domain,
      BasePathMappingRecord mapping,
      @Nullable BasePathMappingRecord before) {
    boolean webSocket = isWebSocket(records, domain, mapping);
    for (BasePathMappingRecord other : DomainMappings.of(records, domain)) {
      if (!other.equals(before) && isWebSocket(records, domain, other) != webSocket) {
        throw ServiceException.badRequest(
            "WebSocket APIs cannot be mapped to the same custom domain name as REST or HTTP APIs");
      }
    }
  }

  private static boolean isWebSocket(
      RecordReader records, DomainNameRecord domain, BasePathMappingRecord mapping) {
    return records
        .find(V2RecordTypes.API, domain.scope(), mapping.restApiId())
        .map(ApiRecord::isHttp)
        .map(http -> !http)
        .orElse(false);
  }
}
