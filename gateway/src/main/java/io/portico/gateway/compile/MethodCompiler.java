package io.portico.gateway.compile;

import io.portico.gateway.jsonschema.JsonSchemaException;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.MethodSetting;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.RequestValidation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles methods. */
final class MethodCompiler {
  private final Map<String, RequestValidatorRecord> validators;
  private final BodyModels models;
  private final StageRecord stage;
  private final IntegrationCompiler integrations;

  MethodCompiler(ApiDefinition api, StageRecord stage, IntegrationCompiler integrations) {
    this.validators =
        api.requestValidators().stream()
            .collect(Collectors.toMap(RequestValidatorRecord::id, Function.identity()));
    this.models = new BodyModels(api.api().id(), api.models());
    this.stage = stage;
    this.integrations = integrations;
  }

  MethodSnapshot compile(ResourceRecord resource, MethodRecord method) {
    IntegrationSnapshot integration = integrations.compile(method);
    RequestValidation validation = RequestValidation.NONE;
    try {
      validation = validation(method);
    } catch (JsonSchemaException | UnusableException e) {
      // AWS: takes such a method; its answer to a request is not known. Nothing unvalidated passes.
      integration =
          new IntegrationSnapshot.Broken("requests cannot be validated: " + e.getMessage());
    }
    MethodSetting setting = stage.methodSetting(resource.path(), method.httpMethod());
    return new MethodSnapshot(
        resource.id(),
        resource.path(),
        method.httpMethod(),
        ClosedSettings.method(method, setting),
        validation,
        integration,
        integration.readsBody() || !validation.models().isEmpty(),
        setting != null && setting.metricsEnabled());
  }

  private RequestValidation validation(MethodRecord method) throws UnusableException {
    String id = method.requestValidatorId();
    if (id == null) {
      return RequestValidation.NONE;
    }
    RequestValidatorRecord validator = validators.get(id);
    if (validator == null) {
      throw new UnusableException("there is no validator " + id);
    }
    return new RequestValidation(
        validator.validateRequestParameters() ? RequestContract.required(method) : List.of(),
        validator.validateRequestBody() ? models.of(method) : Map.of());
  }
}
