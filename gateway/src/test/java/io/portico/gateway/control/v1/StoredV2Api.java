package io.portico.gateway.control.v1;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordType;
import tools.jackson.databind.node.ObjectNode;

/** The records of an HTTP API, put into the store of a control plane. */
final class StoredV2Api {
  static final String ID = "abc1234567";

  private final TestControlPlane control;

  StoredV2Api(TestControlPlane control) {
    this.control = control;
    String api =
        """
        {"apiId": "%s", "accountId": "%s", "region": "%s", "name": "pets", "protocolType": "HTTP",
         "routeSelectionExpression": "$request.method $request.path",
         "apiKeySelectionExpression": "$request.header.x-api-key",
         "disableExecuteApiEndpoint": false, "ipAddressType": "ipv4",
         "createdDate": "2026-01-02T03:04:05Z"}"""
            .formatted(ID, TestControlPlane.CALLER.accountId(), TestControlPlane.CALLER.region());
    put(V2RecordTypes.API, TestControlPlane.CALLER.scope(), ID, api);
  }

  private <R> R put(RecordType<R> type, String parent, String id, String json) {
    R record = RecordCodec.record((ObjectNode) Json.parse(json), type.type());
    return control.records.write(
        records -> {
          records.put(type, parent, id, record);
          return record;
        });
  }

  void stage(String name) {
    String stage =
        """
        {"stageName": "%s", "autoDeploy": false, "defaultRouteSettings": {}, "routeSettings": {},
         "stageVariables": {}, "apiGatewayManaged": false, "createdDate": "2026-01-02T03:04:05Z",
         "lastUpdatedDate": "2026-01-02T03:04:05Z"}"""
            .formatted(name);
    put(V2RecordTypes.STAGE, ID, name, stage);
  }

  /** An integration through a VPC link. */
  void integration(String id, String linkId) {
    String integration =
        """
        {"integrationId": "%s", "integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK",
         "connectionId": "%s", "timeoutInMillis": 30000, "integrationResponses": [],
         "apiGatewayManaged": false}"""
            .formatted(id, linkId);
    put(V2RecordTypes.INTEGRATION, ID, id, integration);
  }

  void route(String id, String key, String integrationId) {
    String route =
        """
        {"routeId": "%s", "routeKey": "%s", "target": "integrations/%s",
         "authorizationType": "NONE", "apiKeyRequired": false, "routeResponses": [],
         "apiGatewayManaged": false}"""
            .formatted(id, key, integrationId);
    put(V2RecordTypes.ROUTE, ID, id, route);
  }
}
