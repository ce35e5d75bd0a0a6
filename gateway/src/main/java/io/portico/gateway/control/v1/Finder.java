package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.MethodRules;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.DocumentationVersionRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Optional;

/**
 * Finds what a call names, from the API down, and refuses in AWS's words what is not there. An API
 * of another account or region is not there.
 */
final class Finder {
  private static final String NO_RESOURCE = "Invalid Resource identifier specified";
  private static final String NO_METHOD = "Invalid Method identifier specified";
  private static final String NO_INTEGRATION = "Invalid Integration identifier specified";
  private static final String NO_STATUS = "Invalid Response status code specified";

  private final RecordReader records;
  private final OperationCall call;

  Finder(RecordReader records, OperationCall call) {
    this.records = records;
    this.call = call;
  }

  String apiId() {
    return call.input().string("restApiId");
  }

  RestApiRecord api() {
    return apiIfThere().orElseThrow(() -> UnknownApi.named(call.caller(), apiId()));
  }

  /** The API, where its absence is told otherwise. */
  Optional<RestApiRecord> apiIfThere() {
    return find(apiId());
  }

  private Optional<RestApiRecord> find(String apiId) {
    return records.find(RecordTypes.REST_API, call.caller().scope(), apiId);
  }

  /** The API and everything beneath it. */
  ApiDefinition contents() {
    return ApiContents.read(records, api());
  }

  String httpMethod() {
    return call.input().string("httpMethod");
  }

  ResourceRecord resource() {
    return resource(call.input().string("resourceId"));
  }

  // AWS: an unknown API is reported as the missing resource; source: GEN-16.
  ResourceRecord resource(String resourceId) {
    return find(apiId())
        .flatMap(api -> records.find(RecordTypes.RESOURCE, api.id(), resourceId))
        .orElseThrow(() -> ServiceException.notFound(NO_RESOURCE));
  }

  MethodRecord method(ResourceRecord resource) {
    return method(resource, NO_METHOD);
  }

  private MethodRecord method(ResourceRecord resource, String refusal) {
    MethodRecord method = resource.methods().get(httpMethod());
    if (method == null) {
      throw ServiceException.notFound(refusal);
    }
    return method;
  }

  NamedMethod namedMethod() {
    return namedMethod(NO_METHOD);
  }

  /** The method, where a missing one is reported as the missing integration. */
  // AWS: DeleteIntegrationResponse alone does so; source: INT-10.
  NamedMethod methodOfIntegration() {
    return namedMethod(NO_INTEGRATION);
  }

  private NamedMethod namedMethod(String refusal) {
    ResourceRecord resource = resource();
    return new NamedMethod(apiId(), resource, method(resource, refusal));
  }

  IntegrationRecord integration(MethodRecord method) {
    IntegrationRecord integration = method.methodIntegration();
    if (integration == null) {
      throw ServiceException.notFound(NO_INTEGRATION);
    }
    return integration;
  }

  MethodResponseRecord methodResponse(MethodRecord method) {
    MethodResponseRecord response =
        method.methodResponses() == null
            ? null
            : method.methodResponses().get(call.input().string("statusCode"));
    if (response == null) {
      throw ServiceException.notFound(NO_STATUS);
    }
    return response;
  }

  IntegrationResponseRecord integrationResponse(IntegrationRecord integration) {
    IntegrationResponseRecord response =
        integration.integrationResponses() == null
            ? null
            : integration.integrationResponses().get(call.input().string("statusCode"));
    if (response == null) {
      throw ServiceException.notFound(NO_STATUS);
    }
    return response;
  }

  // AWS: an unknown API is reported as the missing model; source: GEN-17.
  ModelRecord model() {
    String name = call.input().string("modelName");
    return find(apiId())
        .flatMap(api -> records.find(RecordTypes.MODEL, api.id(), name))
        .orElseThrow(() -> ServiceException.notFound("Invalid model name specified: " + name));
  }

  // AWS: an unknown API is reported as the missing validator; source: GEN-19, MOD-10.
  RequestValidatorRecord requestValidator() {
    String id = call.input().string("requestValidatorId");
    return find(apiId())
        .flatMap(api -> records.find(RecordTypes.REQUEST_VALIDATOR, api.id(), id))
        .orElseThrow(() -> ServiceException.notFound(MethodRules.NO_VALIDATOR));
  }

  // AWS: the text, and that an unknown API is reported so, are assumed, after those of resources.
  AuthorizerRecord authorizer() {
    return find(apiId())
        .flatMap(
            api ->
                records.find(RecordTypes.AUTHORIZER, api.id(), call.input().string("authorizerId")))
        .orElseThrow(() -> ServiceException.notFound("Invalid Authorizer identifier specified"));
  }

  DeploymentRecord deployment() {
    return find(apiId())
        .flatMap(
            api ->
                records.find(RecordTypes.DEPLOYMENT, api.id(), call.input().string("deploymentId")))
        .orElseThrow(() -> ServiceException.notFound("Invalid Deployment identifier specified"));
  }

  StageRecord stage() {
    return find(apiId())
        .flatMap(api -> records.find(RecordTypes.STAGE, api.id(), call.input().string("stageName")))
        .orElseThrow(() -> ServiceException.notFound("Invalid stage identifier specified"));
  }

  // AWS: an unknown API is reported as the missing part; source: GEN-18.
  DocumentationPartRecord documentationPart() {
    return find(apiId())
        .flatMap(
            api ->
                records.find(
                    RecordTypes.DOCUMENTATION_PART,
                    api.id(),
                    call.input().string("documentationPartId")))
        .orElseThrow(
            () -> ServiceException.notFound("Invalid Documentation part identifier specified"));
  }

  // AWS: the text; source: reported by users of AWS's clients. That an unknown API is reported so,
  // too, is assumed.
  DocumentationVersionRecord documentationVersion() {
    return find(apiId())
        .flatMap(
            api ->
                records.find(
                    RecordTypes.DOCUMENTATION_VERSION,
                    api.id(),
                    call.input().string("documentationVersion")))
        .orElseThrow(() -> ServiceException.notFound("Invalid Documentation version specified"));
  }
}
