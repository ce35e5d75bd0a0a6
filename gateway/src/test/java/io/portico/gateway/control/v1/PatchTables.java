package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of all Update operations that have one. */
final class PatchTables {
  static final Map<String, PatchTable> ALL = new LinkedHashMap<>();

  static {
    ALL.put("UpdateRestApi", RestApiPatch.TABLE);
    ALL.put("UpdateResource", Resources.TABLE);
    ALL.put("UpdateMethod", Methods.TABLE);
    ALL.put("UpdateMethodResponse", MethodResponses.TABLE);
    ALL.put("UpdateIntegration", Integrations.TABLE);
    ALL.put("UpdateIntegrationResponse", IntegrationResponses.TABLE);
    ALL.put("UpdateModel", Models.TABLE);
    ALL.put("UpdateRequestValidator", RequestValidators.TABLE);
    ALL.put("UpdateGatewayResponse", GatewayResponses.TABLE);
    ALL.put("UpdateDeployment", Deployments.TABLE);
    ALL.put("UpdateStage", StagePatch.TABLE);
    ALL.put("UpdateDocumentationPart", DocumentationParts.TABLE);
    ALL.put("UpdateDocumentationVersion", DocumentationVersions.TABLE);
    ALL.put("UpdateAccount", Account.TABLE);
    ALL.put("UpdateApiKey", ApiKeys.TABLE);
    ALL.put("UpdateUsagePlan", UsagePlanPatch.TABLE);
    ALL.put("UpdateUsage", Usages.TABLE);
    ALL.put("UpdateAuthorizer", Authorizers.TABLE);
    ALL.put("UpdateVpcLink", VpcLinks.TABLE);
    ALL.put("UpdateClientCertificate", ClientCertificates.TABLE);
    ALL.put("UpdateDomainName", DomainNamePatch.TABLE);
    ALL.put("UpdateBasePathMapping", BasePathMappings.TABLE);
  }

  private PatchTables() {}
}
