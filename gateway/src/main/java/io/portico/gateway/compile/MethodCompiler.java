package io.portico.gateway.compile;

import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.MethodSetting;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.RequestValidation;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles methods. */
final class MethodCompiler {
  private final Map<String, RequestValidatorRecord> validators;
  private final StageRecord stage;
  private final IntegrationCompiler integrations;
  private boolean readsBodies;

  MethodCompiler(ApiDefinition api, StageRecord stage, IntegrationCompiler integrations) {
    this.validators =
        api.requestValidators().stream()
            .collect(Collectors.toMap(RequestValidatorRecord::id, Function.identity()));
    this.stage = stage;
    this.integrations = integrations;
  }

  MethodSnapshot compile(ResourceRecord resource, MethodRecord method) {
    IntegrationSnapshot integration = integrations.compile(method);
    RequestValidation validation = validation(method);
    boolean readsBody = integration.readsBody();
    readsBodies |= readsBody;
    return new MethodSnapshot(
        resource.id(),
        resource.path(),
        method.httpMethod(),
        ClosedSettings.method(method),
        validation,
        integration,
        readsBody,
        metricsEnabled(resource.path(), method.httpMethod()));
  }

  /** Whether a method compiled so far reads bodies. */
  boolean readsBodies() {
    return readsBodies;
  }

  private RequestValidation validation(MethodRecord method) {
    String id = method.requestValidatorId();
    RequestValidatorRecord validator = id == null ? null : validators.get(id);
    if (validator == null) {
      return RequestValidation.NONE;
    }
    return validator.validateRequestParameters()
        ? new RequestValidation(RequestContract.required(method))
        : RequestValidation.NONE;
  }

  private boolean metricsEnabled(String path, String verb) {
    MethodSetting setting = stage.methodSetting(path, verb);
    return setting != null && setting.metricsEnabled();
  }
}
