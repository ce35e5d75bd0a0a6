package io.portico.gateway.control.domains;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** What mappings and routing rules may lead to. */
public final class MappingTargets {
  private MappingTargets() {}

  /**
   * Refuses an API or a stage that is not there, or not of the domain name's kind.
   *
   * @param stage null where callers name it
   * @throws ServiceException in AWS's words
   */
  // AWS: the stage's text: reported by users of AWS's clients; that of kinds is assumed.
  public static void check(
      RecordReader records,
      Caller caller,
      DomainNameRecord domain,
      String apiId,
      @Nullable String stage) {
    RestApiRecord api =
        records
            .find(RecordTypes.REST_API, caller.scope(), apiId)
            .orElseThrow(() -> UnknownApi.named(caller, apiId));
    if (stage != null && records.find(RecordTypes.STAGE, api.id(), stage).isEmpty()) {
      throw ServiceException.badRequest("Invalid stage identifier specified");
    }
    boolean isPrivate = api.endpointConfiguration().types().contains(EndpointRules.PRIVATE);
    if (isPrivate != domain.privateOnly()) {
      throw ServiceException.badRequest(
          isPrivate
              ? "Private APIs can be mapped to private custom domain names only"
              : "Only private APIs can be mapped to private custom domain names");
    }
  }
}
