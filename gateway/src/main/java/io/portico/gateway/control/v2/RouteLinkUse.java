package io.portico.gateway.control.v2;

import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.store.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a VPC link is in use: by integrations that routes of HTTP and WebSocket APIs lead to. */
// AWS: its refusal names each route by its method and its id; that an integration which no route
// leads to keeps no link is inferred from this. Source: reported by users of AWS's clients,
// https://github.com/hashicorp/terraform-provider-aws/issues/12195.
final class RouteLinkUse {
  private static final String TARGET = "integrations/";

  private RouteLinkUse() {}

  /**
   * Refuses where there is a use.
   *
   * @throws ServiceException in AWS's words
   */
  static void check(RecordReader records, String scope, String linkId) {
    List<String> uses = new ArrayList<>();
    for (ApiRecord api : records.list(V2RecordTypes.API, scope)) {
      List<StageVariables> stages =
          records.list(V2RecordTypes.STAGE, api.apiId()).stream()
              .map(stage -> new StageVariables(stage.stageVariables()))
              .toList();
      Set<String> targets =
          records.list(V2RecordTypes.INTEGRATION, api.apiId()).stream()
              .filter(integration -> leadsTo(linkId, integration.connectionId(), stages))
              .map(IntegrationRecord::integrationId)
              .map(TARGET::concat)
              .collect(Collectors.toSet());
      if (!targets.isEmpty()) {
        records.list(V2RecordTypes.ROUTE, api.apiId()).stream()
            .filter(route -> route.target() != null && targets.contains(route.target()))
            .map(RouteLinkUse::named)
            .forEach(uses::add);
      }
    }
    if (!uses.isEmpty()) {
      throw ServiceException.badRequest(
          "Cannot delete vpc link. Vpc link '%s', is referenced in %s in format of [Method:Resource]."
              .formatted(linkId, uses));
    }
  }

  /** AWS: of a link that a stage variable names, inferred from how REST APIs are judged. */
  private static boolean leadsTo(
      String linkId, @Nullable String connectionId, List<StageVariables> stages) {
    return connectionId != null
        && (connectionId.equals(linkId)
            || stages.stream()
                .anyMatch(variables -> variables.resolve(connectionId).equals(linkId)));
  }

  private static String named(RouteRecord route) {
    String key = route.routeKey();
    int space = key.indexOf(' ');
    return (space < 0 ? key : key.substring(0, space)) + ":" + route.routeId();
  }
}
