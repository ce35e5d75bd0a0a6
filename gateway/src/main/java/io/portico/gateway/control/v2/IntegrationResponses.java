package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.rules.IntegrationRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationResponseRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Integration responses: what becomes of backends' answers in WebSocket APIs. */
public final class IntegrationResponses {
  private final V2Environment environment;

  IntegrationResponses(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateIntegrationResponse", this::createIntegrationResponse)
        .add("GetIntegrationResponse", this::getIntegrationResponse)
        .add("GetIntegrationResponses", this::getIntegrationResponses)
        .add("UpdateIntegrationResponse", this::updateIntegrationResponse)
        .add("DeleteIntegrationResponse", this::deleteIntegrationResponse);
  }

  public ObjectNode createIntegrationResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              IntegrationRecord integration = finder.integration();
              List<String> taken =
                  integration.integrationResponses().stream()
                      .map(IntegrationResponseRecord::integrationResponseId)
                      .toList();
              IntegrationResponseRecord response =
                  changed(
                      new IntegrationResponseRecord(
                          Ids.response(environment, taken), "", null, null, null, null),
                      call);
              List<IntegrationResponseRecord> responses =
                  new ArrayList<>(integration.integrationResponses());
              responses.add(response);
              return put(records, finder.api(), integration, responses, response);
            });
  }

  private static IntegrationResponseRecord changed(
      IntegrationResponseRecord before, OperationCall call) {
    Update update = new Update(call.input());
    return new IntegrationResponseRecord(
        before.integrationResponseId(),
        update.name("integrationResponseKey", before.integrationResponseKey()),
        update.text("contentHandlingStrategy", before.contentHandlingStrategy()),
        update.textMap("responseParameters", before.responseParameters()),
        update.textMap("responseTemplates", before.responseTemplates()),
        update.text("templateSelectionExpression", before.templateSelectionExpression()));
  }

  // AWS: the text for a second one is assumed.
  private ObjectNode put(
      RecordWriter records,
      ApiRecord api,
      IntegrationRecord integration,
      List<IntegrationResponseRecord> responses,
      IntegrationResponseRecord changed) {
    IntegrationRules.check(api, changed);
    environment
        .apiQuotas()
        .checkTemplates(changed.responseTemplates(), Integrations.owner(api, integration));
    String key = changed.integrationResponseKey();
    if (responses.stream().filter(each -> each.integrationResponseKey().equals(key)).count() > 1) {
      throw ServiceException.conflict(
          "IntegrationResponse with key %s already exists for this Integration".formatted(key));
    }
    store(records, api, integration, responses);
    return Reply.integrationResponse(changed);
  }

  private void store(
      RecordWriter records,
      ApiRecord api,
      IntegrationRecord integration,
      List<IntegrationResponseRecord> responses) {
    Integrations.store(records, api, integration.withResponses(List.copyOf(responses)));
    Deploying.changed(environment, records, api);
  }

  private static IntegrationResponseRecord find(IntegrationRecord integration, OperationCall call) {
    String id = call.input().string("IntegrationResponseId");
    return integration.integrationResponses().stream()
        .filter(response -> response.integrationResponseId().equals(id))
        .findFirst()
        .orElseThrow(
            () -> ServiceException.notFound("Invalid IntegrationResponse identifier specified"));
  }

  public ObjectNode getIntegrationResponse(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                Reply.integrationResponse(find(new Finder(records, call).integration(), call)));
  }

  public ObjectNode getIntegrationResponses(OperationCall call) {
    return Lists.within(
        environment,
        call,
        (records, asked) -> new Finder(records, asked).integration().integrationResponses(),
        IntegrationResponseRecord::integrationResponseId,
        Reply::integrationResponse);
  }

  public ObjectNode updateIntegrationResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              IntegrationRecord integration = finder.integration();
              IntegrationResponseRecord before = find(integration, call);
              IntegrationResponseRecord response = changed(before, call);
              List<IntegrationResponseRecord> responses =
                  integration.integrationResponses().stream()
                      .map(each -> each.equals(before) ? response : each)
                      .toList();
              return put(records, finder.api(), integration, responses, response);
            });
  }

  public ObjectNode deleteIntegrationResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              IntegrationRecord integration = finder.integration();
              List<IntegrationResponseRecord> left =
                  new ArrayList<>(integration.integrationResponses());
              left.remove(find(integration, call));
              store(records, finder.api(), integration, left);
              return Reply.empty();
            });
  }
}
