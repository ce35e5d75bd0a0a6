package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.portals.ProductRestEndpointPageRecord.IdentifierParts;
import io.portico.gateway.store.RecordReader;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a product REST endpoint page is about: a method as a stage has it deployed.
 *
 * @param documentation the properties of the documentation part about it, a JSON object's text, or
 *     null where the API has none
 */
record RestEndpoint(
    RestApiRecord api, String stageName, MethodRecord method, @Nullable String documentation) {

  /** What an identifier names; none where the account has no such API, stage or method. */
  static Optional<RestEndpoint> find(RecordReader records, String scope, IdentifierParts named) {
    return records
        .find(RecordTypes.REST_API, scope, named.restApiId())
        .flatMap(
            api ->
                records
                    .find(RecordTypes.STAGE, api.id(), named.stage())
                    .flatMap(stage -> method(records, api, stage, named))
                    .map(
                        method ->
                            new RestEndpoint(
                                api, named.stage(), method, documentation(records, api, named))));
  }

  private static Optional<MethodRecord> method(
      RecordReader records, RestApiRecord api, StageRecord stage, IdentifierParts named) {
    return records
        .find(RecordTypes.DEPLOYMENT, api.id(), stage.deploymentId())
        .flatMap(
            deployment ->
                deployment.frozen().resources().stream()
                    .filter(resource -> resource.path().equals(named.path()))
                    .map(ResourceRecord::methods)
                    .flatMap(methods -> Stream.ofNullable(methods.get(named.method())))
                    .findFirst());
  }

  // AWS: what changes of an API's documentation is seen; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-product-rest-endpoint.html.
  // That it is the part about the very method is assumed.
  private static @Nullable String documentation(
      RecordReader records, RestApiRecord api, IdentifierParts named) {
    String location =
        new DocumentationLocation("METHOD", named.path(), named.method(), null, null).key();
    return records.list(RecordTypes.DOCUMENTATION_PART, api.id()).stream()
        .filter(part -> part.location().key().equals(location))
        .map(part -> part.properties())
        .findFirst()
        .orElse(null);
  }

  boolean privateOnly() {
    return api.endpointConfiguration().types().contains(EndpointRules.PRIVATE);
  }

  // AWS: source: documented, AWS's model; whether the path is part of it is assumed.
  String url() {
    return "https://%s.execute-api.%s.amazonaws.com/%s"
        .formatted(api.id(), api.region(), stageName);
  }

  /** What the API's documentation says of it in words, or null. */
  @Nullable String description() {
    if (documentation == null) {
      return null;
    }
    JsonNode description = Json.parse(documentation).path("description");
    return description.isString() && !description.asString().isEmpty()
        ? description.asString()
        : null;
  }
}
