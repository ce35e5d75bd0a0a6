package io.portico.gateway.control;

import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.ModelRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.VpcLinkRecord;
import io.portico.gateway.store.RecordType;

/**
 * Every kind of record of HTTP and WebSocket APIs and their VPC links, with what its parent is.
 * Kinds are names in stored data and never change. An API's id stands among {@code
 * RecordTypes.API_SCOPE} as well.
 */
public final class V2RecordTypes {
  /** Parent {@code account/region}. */
  public static final RecordType<ApiRecord> API = new RecordType<>("v2-api", ApiRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<RouteRecord> ROUTE =
      new RecordType<>("v2-route", RouteRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<IntegrationRecord> INTEGRATION =
      new RecordType<>("v2-integration", IntegrationRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<AuthorizerRecord> AUTHORIZER =
      new RecordType<>("v2-authorizer", AuthorizerRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<ModelRecord> MODEL =
      new RecordType<>("v2-model", ModelRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<DeploymentRecord> DEPLOYMENT =
      new RecordType<>("v2-deployment", DeploymentRecord.class);

  /** Parent: the API's id; the id is the stage's name. */
  public static final RecordType<StageRecord> STAGE =
      new RecordType<>("v2-stage", StageRecord.class);

  /** Parent {@code account/region}. */
  public static final RecordType<VpcLinkRecord> VPC_LINK =
      new RecordType<>("v2-vpc-link", VpcLinkRecord.class);

  private V2RecordTypes() {}
}
