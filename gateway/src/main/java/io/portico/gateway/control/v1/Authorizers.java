package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.listValue;
import static io.portico.gateway.control.patch.PatchEdits.requiredText;
import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.AuthorizerRules;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Authorizers of APIs. Changes are in force with the next deployment. */
public final class Authorizers {
  // AWS: the text is assumed.
  private static final String NO_NAME = "Authorizer name cannot be empty";
  private static final String IDENTITY_SOURCE = "identitySource";

  /** Every addition and removal goes through the whole text, while the store waits. */
  private static final int LONGEST_SOURCE = 10_000;

  private static final Set<String> TYPES = Set.of("TOKEN", "REQUEST", AuthorizerRules.COGNITO);

  // AWS: source: documented, patch operations. The refusal of another path is assumed.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", "/name", "a name that no other has", requiredText("name", NO_NAME))
          .row("replace", "/type", "TOKEN, REQUEST or COGNITO_USER_POOLS", Authorizers::type)
          .row("replace", "/authType", "any text; empty unsets", text("authType"))
          .row(
              "replace",
              "/authorizerUri",
              "the ARN by which a function is invoked",
              text("authorizerUri"))
          .row(
              "replace",
              "/authorizerCredentials",
              "a role's ARN; empty unsets",
              text("authorizerCredentials"))
          .row(
              "add remove replace",
              "/identitySource",
              "mapping expressions, separated by commas; add: one more; remove: that one, or all",
              Authorizers::identitySource)
          .row(
              "replace",
              "/identityValidationExpression",
              "a regular expression; empty unsets",
              text("identityValidationExpression"))
          .row(
              "replace",
              "/authorizerResultTtlInSeconds",
              "from 0 to 3600",
              change ->
                  change
                      .record()
                      .put(
                          "authorizerResultTtlInSeconds",
                          change.integer(
                              AuthorizerRules.invalidTtl(Quota.AUTHORIZER_TTL.standard()))))
          .row(
              "add remove",
              "/providerARNs",
              "the ARN of a Cognito user pool",
              listValue("providerARNs"))
          .build();

  private final V1Environment environment;

  Authorizers(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateAuthorizer", this::createAuthorizer)
        .add("GetAuthorizer", this::getAuthorizer)
        .add("GetAuthorizers", this::getAuthorizers)
        .add("UpdateAuthorizer", this::updateAuthorizer)
        .add("DeleteAuthorizer", this::deleteAuthorizer);
  }

  // AWS: what is sent is judged before the API is looked for; source: AUT-01.
  public ObjectNode createAuthorizer(OperationCall call) {
    AuthorizerRecord sent = sent(call.input());
    if (sent.name().isBlank()) {
      throw ServiceException.badRequest(NO_NAME);
    }
    Optional<String> _ = AuthorizerRules.check(sent, environment.quotas());
    return environment
        .records()
        .write(
            records -> {
              // AWS: not the refusal of other operations; source: GEN-21.
              RestApiRecord api =
                  new Finder(records, call)
                      .apiIfThere()
                      .orElseThrow(
                          () ->
                              ServiceException.conflict(
                                  "Unable to complete operation due to concurrent modification."
                                      + " Please try again later."));
              AuthorizerRecord authorizer =
                  sent.withId(environment.newId(records, RecordTypes.AUTHORIZER, api.id()));
              checkName(records, api.id(), authorizer);
              records.put(RecordTypes.AUTHORIZER, api.id(), authorizer.id(), authorizer);
              environment
                  .quotas()
                  .check(
                      Quota.AUTHORIZERS,
                      "API " + api.id(),
                      () -> records.count(RecordTypes.AUTHORIZER, api.id()));
              return Reply.authorizer(authorizer);
            });
  }

  private static AuthorizerRecord sent(Input input) {
    String type = input.string("type");
    String authType = emptyAsNull(input.stringOrNull("authType"));
    List<String> providers = input.stringsOrNull("providerARNs");
    return new AuthorizerRecord(
        "",
        input.string("name"),
        type,
        providers == null || providers.isEmpty() ? null : providers,
        authType == null ? AuthorizerRules.defaultAuthType(type) : authType,
        emptyAsNull(input.stringOrNull("authorizerUri")),
        emptyAsNull(input.stringOrNull("authorizerCredentials")),
        emptyAsNull(input.stringOrNull("identitySource")),
        emptyAsNull(input.stringOrNull("identityValidationExpression")),
        input.integerOrNull("authorizerResultTtlInSeconds"));
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  // AWS: source: reported by users of AWS's clients, https://github.com/aws/aws-cdk/issues/13711;
  // that it is a 400 of REST APIs, too, is assumed.
  private static void checkName(RecordReader records, String apiId, AuthorizerRecord authorizer) {
    for (AuthorizerRecord other : records.list(RecordTypes.AUTHORIZER, apiId)) {
      if (other.name().equals(authorizer.name()) && !other.id().equals(authorizer.id())) {
        throw ServiceException.badRequest(
            "Authorizer name must be unique. Authorizer %s already exists in this RestApi."
                .formatted(authorizer.name()));
      }
    }
  }

  // AWS: the text is assumed, after that of authorization types.
  private static void type(PatchChange change) {
    if (!TYPES.contains(change.text())) {
      throw ServiceException.badRequest(
          "Invalid Authorizer Type specified. Valid options are TOKEN,REQUEST,COGNITO_USER_POOLS");
    }
    change.record().put("type", change.text());
  }

  // AWS: that there are add and remove: source: documented, patch operations. That they are about
  // one of several expressions is assumed.
  private static void identitySource(PatchChange change) {
    if (change.replaces() || (change.removes() && change.text().isEmpty())) {
      text(IDENTITY_SOURCE).make(change);
      return;
    }
    String present = change.record().path(IDENTITY_SOURCE).asString("");
    if (present.length() > LONGEST_SOURCE) {
      throw ServiceException.badRequest(
          "An identity source of more than %d characters can only be replaced"
              .formatted(LONGEST_SOURCE));
    }
    List<String> sources = new ArrayList<>();
    for (String source : present.split(",", -1)) {
      if (!source.isBlank() && !source.strip().equals(change.text())) {
        sources.add(source.strip());
      }
    }
    if (change.adds()) {
      sources.add(change.text());
    }
    PatchEdits.set(change.record(), IDENTITY_SOURCE, String.join(",", sources));
  }

  public ObjectNode getAuthorizer(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.authorizer(new Finder(records, call).authorizer()));
  }

  public ObjectNode getAuthorizers(OperationCall call) {
    return Lists.ofApi(
        environment, call, RecordTypes.AUTHORIZER, AuthorizerRecord::id, Reply::authorizer);
  }

  public ObjectNode updateAuthorizer(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              AuthorizerRecord authorizer =
                  TABLE.changed(finder.authorizer(), AuthorizerRecord.class, changes);
              Optional<String> _ = AuthorizerRules.check(authorizer, environment.quotas());
              checkName(records, finder.apiId(), authorizer);
              records.put(RecordTypes.AUTHORIZER, finder.apiId(), authorizer.id(), authorizer);
              return Reply.authorizer(authorizer);
            });
  }

  public ObjectNode deleteAuthorizer(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              AuthorizerRecord authorizer = finder.authorizer();
              InUse.refuseForAuthorizer(records, finder.apiId(), authorizer);
              records.delete(RecordTypes.AUTHORIZER, finder.apiId(), authorizer.id());
              return Reply.empty();
            });
  }
}
