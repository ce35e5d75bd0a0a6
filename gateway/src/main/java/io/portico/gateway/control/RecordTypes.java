package io.portico.gateway.control;

import io.portico.gateway.model.AccountRecord;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ApiKeyValueRecord;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.CertificateStageRecord;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.DocumentationVersionRecord;
import io.portico.gateway.model.DocumentedLocationRecord;
import io.portico.gateway.model.DomainNameAccessAssociationRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.HostClaimRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.RoutingRuleRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.VpcLinkRecord;
import io.portico.gateway.store.RecordType;

/**
 * Every kind of record, with what its parent is. Kinds are names in stored data and never change.
 */
public final class RecordTypes {
  /**
   * Parent {@code account/region}. Ids are unique over all of them: the data plane finds by id
   * alone.
   */
  public static final RecordType<RestApiRecord> REST_API =
      new RecordType<>("rest-api", RestApiRecord.class);

  /**
   * Where an API's record stands, by the API's id alone: keeps ids unique over all accounts and
   * regions. Parent: empty; the id is the API's.
   */
  public static final RecordType<ApiScopeRecord> API_SCOPE =
      new RecordType<>("api-scope", ApiScopeRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<ResourceRecord> RESOURCE =
      new RecordType<>("resource", ResourceRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<DeploymentRecord> DEPLOYMENT =
      new RecordType<>("deployment", DeploymentRecord.class);

  /** Parent: the API's id; the id is the stage's name. */
  public static final RecordType<StageRecord> STAGE = new RecordType<>("stage", StageRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<AuthorizerRecord> AUTHORIZER =
      new RecordType<>("authorizer", AuthorizerRecord.class);

  /** Parent: the API's id; the id is the model's name. */
  public static final RecordType<ModelRecord> MODEL = new RecordType<>("model", ModelRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<RequestValidatorRecord> REQUEST_VALIDATOR =
      new RecordType<>("request-validator", RequestValidatorRecord.class);

  /** Parent: the API's id; the id is the response type. */
  public static final RecordType<GatewayResponseRecord> GATEWAY_RESPONSE =
      new RecordType<>("gateway-response", GatewayResponseRecord.class);

  /** Parent: the API's id. */
  public static final RecordType<DocumentationPartRecord> DOCUMENTATION_PART =
      new RecordType<>("documentation-part", DocumentationPartRecord.class);

  /**
   * Which documentation part is about a location. Parent: the API's id; the id is a digest of the
   * location.
   */
  public static final RecordType<DocumentedLocationRecord> DOCUMENTED_LOCATION =
      new RecordType<>("documented-location", DocumentedLocationRecord.class);

  /** Parent: the API's id; the id is the version. */
  public static final RecordType<DocumentationVersionRecord> DOCUMENTATION_VERSION =
      new RecordType<>("documentation-version", DocumentationVersionRecord.class);

  /** Parent {@code account/region}; the id is {@code account}. */
  public static final RecordType<AccountRecord> ACCOUNT =
      new RecordType<>("account", AccountRecord.class);

  /** Parent {@code account/region}. */
  public static final RecordType<ApiKeyRecord> API_KEY =
      new RecordType<>("api-key", ApiKeyRecord.class);

  /**
   * Which API key has a value. Parent {@code account/region}; the id is a digest of the value, so
   * that no secret is a key of the store.
   */
  public static final RecordType<ApiKeyValueRecord> API_KEY_VALUE =
      new RecordType<>("api-key-value", ApiKeyValueRecord.class);

  /** Parent {@code account/region}. */
  public static final RecordType<UsagePlanRecord> USAGE_PLAN =
      new RecordType<>("usage-plan", UsagePlanRecord.class);

  /** The API keys of a usage plan. Parent {@code account/region/plan}; the id is the key's. */
  public static final RecordType<UsagePlanKeyRecord> USAGE_PLAN_KEY =
      new RecordType<>("usage-plan-key", UsagePlanKeyRecord.class);

  /** The usage plans of an API key. Parent {@code account/region/key}; the id is the plan's. */
  public static final RecordType<UsagePlanKeyRecord> API_KEY_PLAN =
      new RecordType<>("api-key-plan", UsagePlanKeyRecord.class);

  /**
   * What the API keys of a usage plan have used. Parent {@code account/region/plan/month}, such as
   * {@code 2026-11}; the id is {@link UsageDayRecord#id}.
   */
  public static final RecordType<UsageDayRecord> USAGE_DAY =
      new RecordType<>("usage-day", UsageDayRecord.class);

  /** Parent {@code account/region}. */
  public static final RecordType<VpcLinkRecord> VPC_LINK =
      new RecordType<>("vpc-link", VpcLinkRecord.class);

  /** Parent {@code account/region}. */
  public static final RecordType<ClientCertificateRecord> CLIENT_CERTIFICATE =
      new RecordType<>("client-certificate", ClientCertificateRecord.class);

  /** The stages of a client certificate. Parent {@code account/region/certificate}. */
  public static final RecordType<CertificateStageRecord> CERTIFICATE_STAGE =
      new RecordType<>("certificate-stage", CertificateStageRecord.class);

  /** Parent {@code account/region}; the id is {@link DomainNameRecord#key}. */
  public static final RecordType<DomainNameRecord> DOMAIN_NAME =
      new RecordType<>("domain-name", DomainNameRecord.class);

  /**
   * The custom domain names of a host, whatever their account and region. Parent: the host; the id
   * is {@link HostClaimRecord#key}.
   */
  public static final RecordType<HostClaimRecord> HOST_CLAIM =
      new RecordType<>("host-claim", HostClaimRecord.class);

  /** Parent {@code account/region/domain name}; the id is the base path. */
  public static final RecordType<BasePathMappingRecord> BASE_PATH_MAPPING =
      new RecordType<>("base-path-mapping", BasePathMappingRecord.class);

  /** The base path mappings to an API. Parent: the API's id; the id is {@code key()}. */
  public static final RecordType<BasePathMappingRecord> MAPPING_OF_API =
      new RecordType<>("mapping-of-api", BasePathMappingRecord.class);

  /** Parent {@code account/region/domain name}. */
  public static final RecordType<RoutingRuleRecord> ROUTING_RULE =
      new RecordType<>("routing-rule", RoutingRuleRecord.class);

  /**
   * The routing rules to an API. Parent: the API's id; the id is that of the rule and its place.
   */
  public static final RecordType<RoutingRuleRecord> ROUTING_RULE_OF_API =
      new RecordType<>("routing-rule-of-api", RoutingRuleRecord.class);

  /** Parent {@code account/region} of the VPC endpoint; the id is {@code key()}. */
  public static final RecordType<DomainNameAccessAssociationRecord> ACCESS_ASSOCIATION =
      new RecordType<>("domain-name-access-association", DomainNameAccessAssociationRecord.class);

  /**
   * Who may reach a private domain name. Parent {@code account/region} of the domain name; the id
   * is the VPC endpoint's account and {@code key()}.
   */
  public static final RecordType<DomainNameAccessAssociationRecord> DOMAIN_NAME_ACCESS =
      new RecordType<>("domain-name-access", DomainNameAccessAssociationRecord.class);

  private RecordTypes() {}
}
