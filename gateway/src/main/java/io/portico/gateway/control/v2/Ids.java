package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Collection;

/** New ids of what belongs to an API, as long as AWS makes them. */
// AWS: the lengths: source: documented, the examples of the AWS CLI; of models and responses:
// assumed.
final class Ids {
  private static final int ROUTE_LENGTH = 7;
  private static final int LENGTH = 6;

  private Ids() {}

  static String route(V2Environment environment, RecordReader records, ApiRecord api) {
    return environment.newId(records, V2RecordTypes.ROUTE, api.apiId(), ROUTE_LENGTH);
  }

  static String integration(V2Environment environment, RecordReader records, ApiRecord api) {
    return environment.newId(records, V2RecordTypes.INTEGRATION, api.apiId(), ROUTE_LENGTH);
  }

  static String authorizer(V2Environment environment, RecordReader records, ApiRecord api) {
    return environment.newId(records, V2RecordTypes.AUTHORIZER, api.apiId(), LENGTH);
  }

  static String model(V2Environment environment, RecordReader records, ApiRecord api) {
    return environment.newId(records, V2RecordTypes.MODEL, api.apiId(), LENGTH);
  }

  static String deployment(V2Environment environment, RecordReader records, ApiRecord api) {
    return environment.newId(records, V2RecordTypes.DEPLOYMENT, api.apiId(), LENGTH);
  }

  /** That of a response, which no other of the same route or integration has. */
  static String response(V2Environment environment, Collection<String> taken) {
    String id = environment.ids().next(LENGTH);
    while (taken.contains(id)) {
      id = environment.ids().next(LENGTH);
    }
    return id;
  }
}
