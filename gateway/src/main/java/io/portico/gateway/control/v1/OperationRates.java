package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Rates;
import io.portico.gateway.control.rules.EndpointRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API Gateway v1 for clients: no more often than AWS lets them ask. */
public final class OperationRates {
  private static final Map<String, Quota> OF_OPERATIONS =
      Map.ofEntries(
          Map.entry("CreateApiKey", Quota.CREATE_API_KEY_RATE),
          Map.entry("CreateDeployment", Quota.CREATE_DEPLOYMENT_RATE),
          Map.entry("CreateDocumentationVersion", Quota.CREATE_DOCUMENTATION_VERSION_RATE),
          Map.entry("CreateDomainName", Quota.CREATE_DOMAIN_NAME_RATE),
          Map.entry("CreateResource", Quota.CREATE_RESOURCE_RATE),
          Map.entry("DeleteApiKey", Quota.DELETE_API_KEY_RATE),
          Map.entry("DeleteDomainName", Quota.DELETE_DOMAIN_NAME_RATE),
          Map.entry("DeleteResource", Quota.DELETE_RESOURCE_RATE),
          Map.entry("DeleteRestApi", Quota.DELETE_API_RATE),
          Map.entry("GetResources", Quota.GET_RESOURCES_RATE),
          Map.entry("ImportDocumentationParts", Quota.IMPORT_DOCUMENTATION_PARTS_RATE),
          Map.entry("PutRestApi", Quota.PUT_API_RATE),
          Map.entry("UpdateAccount", Quota.UPDATE_ACCOUNT_RATE),
          Map.entry("UpdateDomainName", Quota.UPDATE_DOMAIN_NAME_RATE),
          Map.entry("UpdateUsagePlan", Quota.UPDATE_USAGE_PLAN_RATE));

  private OperationRates() {}

  /** The operations, each within its rate and that of all together. */
  public static Operations limited(Operations operations, Rates rates) {
    return rates.limiting(operations, OperationRates::ofOperation);
  }

  private static @Nullable Quota ofOperation(OperationCall call) {
    return switch (call.operation()) {
      case "CreateRestApi" ->
          isEdge(call.input()) ? Quota.CREATE_EDGE_API_RATE : Quota.CREATE_API_RATE;
      case "ImportRestApi" ->
          isEdgeImport(call.input()) ? Quota.IMPORT_EDGE_API_RATE : Quota.IMPORT_API_RATE;
      default -> OF_OPERATIONS.get(call.operation());
    };
  }

  private static boolean isEdge(Input input) {
    Input endpoint = input.structureOrNull("endpointConfiguration");
    List<String> types = endpoint == null ? null : endpoint.stringsOrNull("types");
    return types == null || types.contains(EndpointRules.EDGE);
  }

  private static boolean isEdgeImport(Input input) {
    Map<String, String> parameters = input.stringMapOrNull("parameters");
    return parameters == null
        || EndpointRules.EDGE.equals(
            parameters.getOrDefault("endpointConfigurationTypes", EndpointRules.EDGE));
  }
}
