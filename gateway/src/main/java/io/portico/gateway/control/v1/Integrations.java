package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.listEntry;
import static io.portico.gateway.control.patch.PatchEdits.listValue;
import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.oneOf;
import static io.portico.gateway.control.patch.PatchEdits.templateEntry;
import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.textEntry;

import io.portico.gateway.control.RecordedVpcLinks;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.IntegrationRules;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationRecord.TlsConfig;
import io.portico.gateway.store.RecordCodec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Integrations: what methods call. */
public final class Integrations {
  // AWS: source: INT-16 and documented; the integration's type cannot be changed.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", "/httpMethod", "the backend's method", text("httpMethod"))
          .row("replace", "/uri", "a URL, or the ARN of what is invoked", text("uri"))
          .row(
              "replace",
              "/connectionType",
              "INTERNET or VPC_LINK",
              oneOf(
                  "connectionType",
                  Set.of("INTERNET", "VPC_LINK"),
                  "Invalid connectionType specified. Valid options are INTERNET,VPC_LINK"))
          .row("replace", "/connectionId", "a VPC link's id", text("connectionId"))
          .row(
              "replace",
              "/passthroughBehavior",
              "WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER",
              change -> change.record().put("passthroughBehavior", change.text()))
          .row(
              "replace",
              "/contentHandling",
              "CONVERT_TO_BINARY or CONVERT_TO_TEXT; empty unsets",
              contentHandling())
          .row(
              "replace",
              "/timeoutInMillis",
              "from 50 to 29000; to 900000 where the answer is streamed",
              Integrations::timeout)
          .row(
              "replace",
              "/cacheNamespace",
              "any text; empty: the resource's id",
              text("cacheNamespace"))
          .row(
              "add remove replace",
              "/cacheKeyParameters/{key}",
              "a declared request parameter of the cache key; replace: the one in its place",
              listEntry("cacheKeyParameters", "key"))
          .row(
              "add remove replace",
              "/cacheKeyParameters",
              "a declared request parameter that is part of the cache key; replace: the only one",
              Integrations::cacheKeyParameter)
          .row(
              "add remove replace",
              "/requestParameters/{key}",
              "integration.request.<place>.<name>: where its value comes from",
              textEntry("requestParameters", Methods.NO_PARAMETER))
          .row(
              "add remove replace",
              "/requestTemplates/{key}",
              "a content type: a template",
              templateEntry("requestTemplates", Methods.NO_CONTENT_TYPE))
          .row(
              "replace",
              "/tlsConfig/insecureSkipVerification",
              "true; else false",
              change ->
                  object(change.record(), "tlsConfig")
                      .put("insecureSkipVerification", change.truth()))
          .row(
              "replace",
              "/responseTransferMode",
              "BUFFERED or STREAM",
              oneOf(
                  "responseTransferMode",
                  Set.of("BUFFERED", "STREAM"),
                  "Invalid responseTransferMode specified. Valid options are BUFFERED,STREAM"))
          .row(
              "replace",
              "/integrationTarget",
              "the ARN of a load balancer's listener; empty unsets",
              text("integrationTarget"))
          .build();

  private final V1Environment environment;
  private final ApiQuotas quotas;

  Integrations(V1Environment environment) {
    this.environment = environment;
    this.quotas = environment.apiQuotas();
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutIntegration", this::putIntegration)
        .add("GetIntegration", this::getIntegration)
        .add("UpdateIntegration", this::updateIntegration)
        .add("DeleteIntegration", this::deleteIntegration);
  }

  /** Puts a new integration in place of the method's old one, whose responses go with it. */
  public ObjectNode putIntegration(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              IntegrationRecord integration =
                  IntegrationRules.accepted(
                      sent(call.input(), named.resource().id()), named.method(), null);
              IntegrationRules.checkTarget(
                  integration, null, new RecordedVpcLinks(records, call.caller().scope()));
              quotas.check(integration, named.label());
              named.put(records, named.method().withIntegration(integration));
              return Reply.integration(integration);
            });
  }

  // AWS: defaults; source: INT-01.
  private static IntegrationRecord sent(Input input, String resourceId) {
    Integer timeout = input.integerOrNull("timeoutInMillis");
    String passthrough = input.stringOrNull("passthroughBehavior");
    String cacheNamespace = input.stringOrNull("cacheNamespace");
    List<String> cacheKeyParameters = input.stringsOrNull("cacheKeyParameters");
    return new IntegrationRecord(
        input.string("type"),
        input.stringOrNull("integrationHttpMethod"),
        input.stringOrNull("uri"),
        input.stringOrNull("connectionType"),
        input.stringOrNull("connectionId"),
        input.stringOrNull("credentials"),
        InputMaps.orNull(input.stringMapOrNull("requestParameters")),
        InputMaps.orNull(InputMaps.templates(input, "requestTemplates")),
        passthrough == null ? "WHEN_NO_MATCH" : passthrough,
        input.stringOrNull("contentHandling"),
        timeout == null ? Integer.valueOf(IntegrationRecord.DEFAULT_TIMEOUT) : timeout,
        cacheNamespace == null ? resourceId : cacheNamespace,
        cacheKeyParameters == null ? List.of() : cacheKeyParameters,
        tlsConfig(input.structureOrNull("tlsConfig")),
        input.stringOrNull("responseTransferMode"),
        input.stringOrNull("integrationTarget"),
        null);
  }

  private static @Nullable TlsConfig tlsConfig(@Nullable Input input) {
    return input == null ? null : new TlsConfig(input.bool("insecureSkipVerification"));
  }

  // AWS: from the resource down; source: INT-08.
  public ObjectNode getIntegration(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              return Reply.integration(finder.integration(finder.namedMethod().method()));
            });
  }

  public ObjectNode updateIntegration(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              IntegrationRecord before = finder.integration(named.method());
              ObjectNode tree = TABLE.apply(RecordCodec.tree(before), changes);
              // AWS: the resource's id where none is given; source: documented,
              // Integration.cacheNamespace.
              if (!tree.hasNonNull("cacheNamespace")) {
                tree.put("cacheNamespace", named.resource().id());
              }
              IntegrationRecord integration =
                  IntegrationRules.accepted(
                      RecordCodec.record(tree, IntegrationRecord.class), named.method(), before);
              IntegrationRules.checkTarget(
                  integration, before, new RecordedVpcLinks(records, call.caller().scope()));
              quotas.check(integration, named.label());
              named.put(records, named.method().withIntegration(integration));
              return Reply.integration(integration);
            });
  }

  public ObjectNode deleteIntegration(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              finder.integration(named.method());
              named.put(records, named.method().withIntegration(null));
              return Reply.empty();
            });
  }

  static PatchEdit contentHandling() {
    return oneOf(
        "contentHandling",
        Set.of("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"),
        "Invalid contentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT");
  }

  // AWS: that a replaced list has the one value is assumed.
  private static void cacheKeyParameter(PatchChange change) {
    if (change.replaces()) {
      change.record().remove("cacheKeyParameters");
    }
    listValue("cacheKeyParameters").make(change);
  }

  private static void timeout(PatchChange change) {
    change
        .record()
        .put("timeoutInMillis", change.integer("Invalid timeoutInMillis: " + change.text()));
  }
}
