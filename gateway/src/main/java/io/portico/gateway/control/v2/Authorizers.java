package io.portico.gateway.control.v2;

import io.portico.gateway.compile.StageKey;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v2.rules.AuthorizerRules;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.AuthorizerRecord.JwtConfiguration;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.store.RecordWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Authorizers: who may call routes, and who asks them. */
public final class Authorizers {
  private final V2Environment environment;

  Authorizers(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateAuthorizer", this::createAuthorizer)
        .add("GetAuthorizer", this::getAuthorizer)
        .add("GetAuthorizers", this::getAuthorizers)
        .add("UpdateAuthorizer", this::updateAuthorizer)
        .add("DeleteAuthorizer", this::deleteAuthorizer)
        .add("ResetAuthorizersCache", this::resetAuthorizersCache);
  }

  public ObjectNode createAuthorizer(OperationCall call) {
    Lengths.ofAuthorizer(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              AuthorizerRecord bare =
                  new AuthorizerRecord(
                      Ids.authorizer(environment, records, api),
                      "",
                      "",
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null);
              AuthorizerRecord authorizer =
                  put(records, api, changed(bare, new Update(call.input())));
              environment
                  .quotas()
                  .check(
                      Quota.AUTHORIZERS,
                      "API " + api.apiId(),
                      () -> records.count(V2RecordTypes.AUTHORIZER, api.apiId()));
              Deploying.changed(environment, records, api);
              return Reply.authorizer(authorizer);
            });
  }

  private static AuthorizerRecord changed(AuthorizerRecord before, Update update) {
    return new AuthorizerRecord(
        before.authorizerId(),
        update.name("name", before.name()),
        update.name("authorizerType", before.authorizerType()),
        update.text("authorizerCredentialsArn", before.authorizerCredentialsArn()),
        update.text("authorizerPayloadFormatVersion", before.authorizerPayloadFormatVersion()),
        update.integer("authorizerResultTtlInSeconds", before.authorizerResultTtlInSeconds()),
        update.text("authorizerUri", before.authorizerUri()),
        update.flagOrNull("enableSimpleResponses", before.enableSimpleResponses()),
        update.texts("identitySource", before.identitySource()),
        update.text("identityValidationExpression", before.identityValidationExpression()),
        configuration(update.structure("jwtConfiguration"), before.jwtConfiguration()));
  }

  // AWS: that members which are not sent stay is assumed.
  private static @Nullable JwtConfiguration configuration(
      @Nullable Update sent, @Nullable JwtConfiguration before) {
    return sent == null
        ? before
        : new JwtConfiguration(
            sent.texts("audience", before == null ? null : before.audience()),
            sent.text("issuer", before == null ? null : before.issuer()));
  }

  // AWS: the text of a name that is taken: reported by users of AWS's clients,
  // https://github.com/aws/aws-cdk/issues/13711.
  private AuthorizerRecord put(RecordWriter records, ApiRecord api, AuthorizerRecord authorizer) {
    AuthorizerRecord accepted = AuthorizerRules.accepted(authorizer, api, environment.quotas());
    for (AuthorizerRecord other : records.list(V2RecordTypes.AUTHORIZER, api.apiId())) {
      if (other.name().equals(accepted.name())
          && !other.authorizerId().equals(accepted.authorizerId())) {
        throw ServiceException.badRequest(
            "Authorizer name must be unique. Authorizer %s already exists in this RestApi."
                .formatted(accepted.name()));
      }
    }
    records.put(V2RecordTypes.AUTHORIZER, api.apiId(), accepted.authorizerId(), accepted);
    return accepted;
  }

  public ObjectNode getAuthorizer(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.authorizer(new Finder(records, call).authorizer()));
  }

  public ObjectNode getAuthorizers(OperationCall call) {
    return Lists.ofApi(
        environment,
        call,
        V2RecordTypes.AUTHORIZER,
        AuthorizerRecord::authorizerId,
        Reply::authorizer);
  }

  public ObjectNode updateAuthorizer(OperationCall call) {
    Lengths.ofAuthorizer(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ApiRecord api = finder.api();
              AuthorizerRecord before = finder.authorizer();
              AuthorizerRecord changed = changed(before, new Update(call.input()));
              if (!changed.authorizerType().equals(before.authorizerType())) {
                // A route whose authorizer is of another type than it says would be closed.
                checkUnused(records, api, before);
              }
              AuthorizerRecord authorizer = put(records, api, changed);
              Deploying.changed(environment, records, api);
              return Reply.authorizer(authorizer);
            });
  }

  // AWS: one route is named; source: reported by users of AWS's clients,
  // https://github.com/anomalyco/sst/issues/5586.
  private static void checkUnused(
      RecordWriter records, ApiRecord api, AuthorizerRecord authorizer) {
    for (RouteRecord route : records.list(V2RecordTypes.ROUTE, api.apiId())) {
      if (authorizer.authorizerId().equals(route.authorizerId())) {
        throw ServiceException.conflict(
            "Cannot delete authorizer '%s', is referenced in route: %s"
                .formatted(authorizer.name(), route.routeKey()));
      }
    }
  }

  public ObjectNode deleteAuthorizer(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ApiRecord api = finder.api();
              AuthorizerRecord authorizer = finder.authorizer();
              checkUnused(records, api, authorizer);
              records.delete(V2RecordTypes.AUTHORIZER, api.apiId(), authorizer.authorizerId());
              Deploying.changed(environment, records, api);
              return Reply.empty();
            });
  }

  // AWS: for HTTP APIs; source: documented, ResetAuthorizersCache. That a stage of a WebSocket API,
  // which keeps none, has nothing to reset is assumed.
  public ObjectNode resetAuthorizersCache(OperationCall call) {
    String stage =
        environment.records().read(records -> new Finder(records, call).stage().stageName());
    environment.authorizers().flush(StageKey.of(call.input().string("ApiId"), stage));
    return Reply.empty();
  }
}
