package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.ModelRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;

/**
 * Finds what a call names, from the API down, and refuses in AWS's words what is not there. An API
 * of another account or region is not there.
 */
// AWS: the texts of what belongs to an API are assumed, after those of v1.
final class Finder {
  private final RecordReader records;
  private final OperationCall call;

  Finder(RecordReader records, OperationCall call) {
    this.records = records;
    this.call = call;
  }

  ApiRecord api() {
    return Apis.find(records, call, call.input().string("ApiId"));
  }

  private <R> R inApi(RecordType<R> type, String member, String kind) {
    return records
        .find(type, api().apiId(), call.input().string(member))
        .orElseThrow(() -> unknown(kind));
  }

  private static ServiceException unknown(String kind) {
    return ServiceException.notFound("Invalid %s identifier specified".formatted(kind));
  }

  static ServiceException noStage() {
    return unknown("stage");
  }

  RouteRecord route() {
    return inApi(V2RecordTypes.ROUTE, "RouteId", "Route");
  }

  IntegrationRecord integration() {
    return inApi(V2RecordTypes.INTEGRATION, "IntegrationId", "Integration");
  }

  AuthorizerRecord authorizer() {
    return inApi(V2RecordTypes.AUTHORIZER, "AuthorizerId", "Authorizer");
  }

  ModelRecord model() {
    return inApi(V2RecordTypes.MODEL, "ModelId", "Model");
  }

  DeploymentRecord deployment() {
    return inApi(V2RecordTypes.DEPLOYMENT, "DeploymentId", "Deployment");
  }

  StageRecord stage() {
    return inApi(V2RecordTypes.STAGE, "StageName", "stage");
  }
}
