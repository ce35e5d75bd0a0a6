package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.DocumentedLocationRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;

/** Documentation parts as they are stored: an API has one for each location. */
final class DocumentedLocations {
  private DocumentedLocations() {}

  /** Whether the API has a part about it. */
  static boolean contain(RecordReader records, String apiId, DocumentationLocation location) {
    return records.find(RecordTypes.DOCUMENTED_LOCATION, apiId, id(location)).isPresent();
  }

  static void put(RecordWriter records, String apiId, DocumentationPartRecord part) {
    records.put(RecordTypes.DOCUMENTATION_PART, apiId, part.id(), part);
    records.put(
        RecordTypes.DOCUMENTED_LOCATION,
        apiId,
        id(part.location()),
        new DocumentedLocationRecord(part.id()));
  }

  static void delete(RecordWriter records, String apiId, DocumentationPartRecord part) {
    records.delete(RecordTypes.DOCUMENTATION_PART, apiId, part.id());
    records.delete(RecordTypes.DOCUMENTED_LOCATION, apiId, id(part.location()));
  }

  static void deleteAll(RecordWriter records, String apiId) {
    records.deleteAll(RecordTypes.DOCUMENTATION_PART, apiId);
    records.deleteAll(RecordTypes.DOCUMENTED_LOCATION, apiId);
  }

  private static String id(DocumentationLocation location) {
    return TextDigest.of(location.key());
  }
}
