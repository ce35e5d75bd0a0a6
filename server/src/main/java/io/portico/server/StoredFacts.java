package io.portico.server;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.v1.ApiContents;
import io.portico.gateway.execute.explain.ControlFacts;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.Records;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the records say beside the snapshot, for whoever asks for an explanation. */
final class StoredFacts implements ControlFacts {
  private final Records records;

  StoredFacts(Records records) {
    this.records = records;
  }

  @Override
  public @Nullable Api api(String apiId) {
    return records.read(reader -> Optional.ofNullable(api(reader, apiId))).orElse(null);
  }

  private static @Nullable Api api(RecordReader reader, String apiId) {
    RestApiRecord rest = rest(reader, apiId);
    if (rest != null) {
      return new Api(rest.name(), methods(reader, apiId));
    }
    ApiRecord other = other(reader, apiId);
    return other == null ? null : new Api(other.name(), routes(reader, apiId));
  }

  private static List<String> methods(RecordReader reader, String apiId) {
    return reader.list(RecordTypes.RESOURCE, apiId).stream()
        .flatMap(
            resource ->
                resource.methods().keySet().stream().map(verb -> verb + " " + resource.path()))
        .toList();
  }

  private static List<String> routes(RecordReader reader, String apiId) {
    return reader.list(V2RecordTypes.ROUTE, apiId).stream().map(RouteRecord::routeKey).toList();
  }

  @Override
  public boolean isOutdated(String apiId, String deploymentId) {
    return records.read(
        reader -> {
          RestApiRecord rest = rest(reader, apiId);
          if (rest != null) {
            return reader
                .find(RecordTypes.DEPLOYMENT, apiId, deploymentId)
                .filter(made -> !made.frozen().equals(ApiContents.read(reader, rest)))
                .isPresent();
          }
          ApiRecord other = other(reader, apiId);
          return other != null
              && reader
                  .find(V2RecordTypes.DEPLOYMENT, apiId, deploymentId)
                  .filter(
                      made ->
                          !made.frozen()
                              .equals(
                                  io.portico.gateway.control.v2.ApiContents.read(reader, other)))
                  .isPresent();
        });
  }

  @Override
  public @Nullable Key key(String scope, String digest) {
    return records.read(reader -> key(reader, scope, digest)).orElse(null);
  }

  private static Optional<Key> key(RecordReader reader, String scope, String digest) {
    return reader.list(RecordTypes.API_KEY, scope).stream()
        .filter(key -> digest.equals(ControlFacts.digest(key.value())))
        .findFirst()
        .map(key -> new Key(key.id(), key.enabled(), plans(reader, scope, key)));
  }

  private static List<String> plans(RecordReader reader, String scope, ApiKeyRecord key) {
    return reader.list(RecordTypes.API_KEY_PLAN, scope + "/" + key.id()).stream()
        .map(UsagePlanKeyRecord::usagePlanId)
        .toList();
  }

  private static @Nullable RestApiRecord rest(RecordReader reader, String apiId) {
    String scope = scope(reader, apiId);
    return scope == null ? null : reader.find(RecordTypes.REST_API, scope, apiId).orElse(null);
  }

  private static @Nullable ApiRecord other(RecordReader reader, String apiId) {
    String scope = scope(reader, apiId);
    return scope == null ? null : reader.find(V2RecordTypes.API, scope, apiId).orElse(null);
  }

  private static @Nullable String scope(RecordReader reader, String apiId) {
    return reader.find(RecordTypes.API_SCOPE, "", apiId).map(ApiScopeRecord::scope).orElse(null);
  }
}
