package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.templateEntry;
import static io.portico.gateway.control.patch.PatchEdits.textEntry;

import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.IntegrationRules;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Integration responses: which answer of the backend becomes which method response. */
public final class IntegrationResponses {
  // AWS: source: INT-17 and documented.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row(
              "replace",
              "/selectionPattern",
              "a regular expression; unset it is the default response",
              IntegrationResponses::selectionPattern)
          .row(
              "replace",
              "/contentHandling",
              "CONVERT_TO_BINARY or CONVERT_TO_TEXT; empty unsets",
              Integrations.contentHandling())
          .row(
              "add remove replace",
              "/responseParameters/{key}",
              "method.response.header.<name>: where its value comes from",
              textEntry("responseParameters", Methods.NO_PARAMETER))
          .row(
              "add remove replace",
              "/responseTemplates/{key}",
              "a content type: a template",
              templateEntry("responseTemplates", Methods.NO_CONTENT_TYPE))
          .build();

  private final V1Environment environment;

  IntegrationResponses(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutIntegrationResponse", this::putIntegrationResponse)
        .add("GetIntegrationResponse", this::getIntegrationResponse)
        .add("UpdateIntegrationResponse", this::updateIntegrationResponse)
        .add("DeleteIntegrationResponse", this::deleteIntegrationResponse);
  }

  /** Puts a response, in place of the one the status code had. */
  // AWS: selectionPattern and empty maps come back as sent; source: INT-11. Terraform's
  // provider updates with this operation, so an existing response is no conflict.
  public ObjectNode putIntegrationResponse(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              IntegrationRecord integration = finder.integration(named.method());
              IntegrationResponseRecord response =
                  new IntegrationResponseRecord(
                      input.string("statusCode"),
                      input.stringOrNull("selectionPattern"),
                      input.stringMapOrNull("responseParameters"),
                      InputMaps.templates(input, "responseTemplates"),
                      input.stringOrNull("contentHandling"));
              put(records, named, integration, response);
              return Reply.integrationResponse(response);
            });
  }

  private void put(
      RecordWriter records,
      NamedMethod named,
      IntegrationRecord integration,
      IntegrationResponseRecord response) {
    IntegrationRules.checkSelectionPattern(response.selectionPattern());
    checkPattern(integration, response);
    if (response.responseParameters() != null) {
      Map<String, MethodResponseRecord> responses = named.method().methodResponses();
      MethodResponseRecord declared =
          responses == null ? null : responses.get(response.statusCode());
      if (declared == null && !response.responseParameters().isEmpty()) {
        throw Mappings.noMethodResponse();
      }
      Mappings.checkResponseMappings(
          response.responseParameters(),
          declared == null || declared.responseParameters() == null
              ? null
              : declared.responseParameters().keySet());
    }
    if (response.responseTemplates() != null) {
      Mappings.checkContentTypes(response.responseTemplates().keySet());
    }
    IntegrationRecord changed = integration.withResponse(response);
    environment.apiQuotas().check(changed, named.label());
    named.put(records, named.method().withIntegration(changed));
  }

  // AWS: one response a pattern, and one without; source: reported by users of Terraform.
  private static void checkPattern(
      IntegrationRecord integration, IntegrationResponseRecord response) {
    if (integration.integrationResponses() == null) {
      return;
    }
    String pattern = patternOf(response);
    for (IntegrationResponseRecord other : integration.integrationResponses().values()) {
      if (!other.statusCode().equals(response.statusCode())
          && Objects.equals(pattern, patternOf(other))) {
        throw ServiceException.conflict(
            "Integration response with selection pattern "
                + (pattern == null ? "default" : pattern)
                + " already exists");
      }
    }
  }

  private static @Nullable String patternOf(IntegrationResponseRecord response) {
    String pattern = response.selectionPattern();
    return pattern == null || pattern.isEmpty() ? null : pattern;
  }

  public ObjectNode getIntegrationResponse(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              return Reply.integrationResponse(
                  finder.integrationResponse(finder.integration(named.method())));
            });
  }

  public ObjectNode updateIntegrationResponse(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              IntegrationRecord integration = finder.integration(named.method());
              IntegrationResponseRecord response =
                  TABLE.changed(
                      finder.integrationResponse(integration),
                      IntegrationResponseRecord.class,
                      changes);
              put(records, named, integration, response);
              return Reply.integrationResponse(response);
            });
  }

  // AWS: a missing method is reported as the missing integration; source: INT-10.
  public ObjectNode deleteIntegrationResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.methodOfIntegration();
              IntegrationRecord integration = finder.integration(named.method());
              String statusCode = finder.integrationResponse(integration).statusCode();
              IntegrationRecord rest = integration.withoutResponse(statusCode);
              named.put(records, named.method().withIntegration(rest));
              return Reply.empty();
            });
  }

  private static void selectionPattern(PatchChange change) {
    if (change.value() == null) {
      change.record().remove("selectionPattern");
    } else {
      change.record().put("selectionPattern", change.text());
    }
  }
}
