package io.portico.gateway.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;

/** Where new ids come from. */
@FunctionalInterface
public interface IdSource {

  /**
   * A new id of lower-case letters and digits: 10 for an API, 6 for what belongs to one, as AWS
   * makes them.
   */
  String next(int length);

  /** One of that length that no record of the type and parent has. */
  default String next(RecordReader records, RecordType<?> type, String parent, int length) {
    String id = next(length);
    while (records.find(type, parent, id).isPresent()) {
      id = next(length);
    }
    return id;
  }
}
